import { endLiveSchema, liveParamsSchema } from '#lib/protocol/live.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { endLive } from '#lib/server/live/live-stream.ts'

export const POST = defineRoute({
  access: 'signed_in',
  params: liveParamsSchema,
  body: endLiveSchema,
  handle: ({ db, params, body }) => endLive(db, params.id, body),
})
