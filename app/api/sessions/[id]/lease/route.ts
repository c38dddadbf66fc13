import { sessionParamsSchema } from '#lib/protocol/session-id.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { claimLease } from '#lib/server/playback/dj-presence.ts'

export const POST = defineRoute({
  access: 'signed_in',
  params: sessionParamsSchema,
  handle: ({ db, params }) => claimLease(db, params.id),
})
