import { startLiveSchema } from '#lib/protocol/live.ts'
import { sessionParamsSchema } from '#lib/protocol/session-id.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { startLive } from '#lib/server/live/live-stream.ts'

export const POST = defineRoute({
  access: 'signed_in',
  params: sessionParamsSchema,
  body: startLiveSchema,
  handle: ({ db, params, body }) => startLive(db, params.id, body),
})
