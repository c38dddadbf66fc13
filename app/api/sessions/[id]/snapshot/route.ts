import { sessionParamsSchema } from '#lib/protocol/session-id.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { loadSnapshot } from '#lib/server/sessions/the-snapshots.ts'

export const GET = defineRoute({
  access: 'signed_in',
  params: sessionParamsSchema,
  handle: ({ db, params }) => loadSnapshot(db, params.id),
})
