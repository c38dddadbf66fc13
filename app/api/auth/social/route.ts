import { beginSocialSchema } from '#lib/protocol/sign-in.ts'
import { beginSocial } from '#lib/server/auth/begin-social.ts'
import { codeDepsFor } from '#lib/server/auth/code-deps.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'

export const POST = defineRoute({
  access: 'anyone',
  body: beginSocialSchema,
  handle: async ({ request, body }) => beginSocial(await codeDepsFor(request), body),
})
