import { checkCodeSchema } from '#lib/protocol/sign-in.ts'
import { recallLocale } from '#lib/server/accounts/keep-locale.ts'
import { checkCode } from '#lib/server/auth/check-code.ts'
import { codeDepsFor } from '#lib/server/auth/code-deps.ts'
import { personDb } from '#lib/server/db/person-db.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'

export const POST = defineRoute({
  access: 'anyone',
  body: checkCodeSchema,
  handle: async ({ request, body }) => {
    const signedIn = await checkCode(await codeDepsFor(request), body)
    await recallLocale(await personDb())
    return signedIn
  },
})
