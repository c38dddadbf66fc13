import { checkCodeSchema } from '#lib/protocol/sign-in.ts'
import { rememberLocale } from '#lib/server/accounts/keep-locale.ts'
import { checkCode } from '#lib/server/auth/check-code.ts'
import { codeDepsFor } from '#lib/server/auth/code-deps.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'

export const POST = defineRoute({
  access: 'anyone',
  body: checkCodeSchema,
  handle: async ({ request, body }) => {
    const { locale, ...signedIn } = await checkCode(await codeDepsFor(request), body)
    if (locale) await rememberLocale(locale)
    return signedIn
  },
})
