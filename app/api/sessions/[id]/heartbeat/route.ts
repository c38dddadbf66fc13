import { heartbeatSchema } from '#lib/protocol/commands.ts'
import { sessionParamsSchema } from '#lib/protocol/session-id.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { recordHeartbeat } from '#lib/server/playback/dj-presence.ts'

export const POST = defineRoute({
  access: 'signed_in',
  params: sessionParamsSchema,
  body: heartbeatSchema,
  handle: ({ db, params, body }) => recordHeartbeat(db, params.id, body),
})
