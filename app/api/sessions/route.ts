import { createSessionSchema } from '#lib/protocol/session-requests.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { createSession } from '#lib/server/sessions/enter-session.ts'

export const POST = defineRoute({
  access: 'signed_in',
  body: createSessionSchema,
  handle: ({ db, body }) => createSession(db, body),
})
