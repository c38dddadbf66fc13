import { listeningReportSchema } from '#lib/protocol/listening.ts'
import { sessionParamsSchema } from '#lib/protocol/session-id.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { loadListeningSummary, reportListening } from '#lib/server/listening/listening.ts'

export const GET = defineRoute({
  access: 'signed_in',
  params: sessionParamsSchema,
  handle: ({ db, params }) => loadListeningSummary(db, params.id),
})

export const POST = defineRoute({
  access: 'signed_in',
  params: sessionParamsSchema,
  body: listeningReportSchema,
  handle: ({ db, params, body }) => reportListening(db, params.id, body),
})
