import { serverEnv } from '#lib/env/server.ts'
import { sessionParamsSchema } from '#lib/protocol/session-id.ts'
import { joinSessionSchema } from '#lib/protocol/session-requests.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { joinSession } from '#lib/server/sessions/enter-session.ts'

export const POST = defineRoute({
  access: 'signed_in',
  params: sessionParamsSchema,
  body: joinSessionSchema,
  handle: ({ db, params, body }) => joinSession(db, params.id, body.invitation, serverEnv().LARGE_ROOM_FROM),
})
