import { sessionParamsSchema } from '#lib/protocol/session-id.ts'
import { defineRoute, defineSessionRoute } from '#lib/server/http/define-route.ts'
import { loadListeningSummary } from '#lib/server/listening/listening.ts'
import { listeningRoute } from '#lib/server/sessions/session-routes.ts'

export const GET = defineRoute({
  access: 'signed_in',
  params: sessionParamsSchema,
  handle: ({ db, params }) => loadListeningSummary(db, params.id),
})

export const POST = defineSessionRoute(listeningRoute)
