import { askCodeSchema } from '#lib/protocol/sign-in.ts'
import { askCode } from '#lib/server/auth/ask-code.ts'
import { codeDepsFor } from '#lib/server/auth/code-deps.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'

export const POST = defineRoute({
  access: 'anyone',
  body: askCodeSchema,
  handle: async ({ request, body }) => askCode(await codeDepsFor(request), body),
})
