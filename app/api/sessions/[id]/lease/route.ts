import { claimLeaseSchema } from '#lib/protocol/commands.ts'
import { sessionParamsSchema } from '#lib/protocol/session-id.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { claimLease } from '#lib/server/playback/dj-presence.ts'

export const POST = defineRoute({
  access: 'signed_in',
  params: sessionParamsSchema,
  body: claimLeaseSchema,
  handle: ({ db, params, body }) => claimLease(db, params.id, body),
})
