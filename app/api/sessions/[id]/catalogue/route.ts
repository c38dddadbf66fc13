import { catalogueQuerySchema } from '#lib/protocol/catalogue.ts'
import { sessionParamsSchema } from '#lib/protocol/session-id.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { loadCatalogue } from '#lib/server/queue/load-catalogue.ts'

export const GET = defineRoute({
  access: 'signed_in',
  params: sessionParamsSchema,
  query: catalogueQuerySchema,
  handle: ({ db, params, query }) => loadCatalogue(db, params.id, query.q),
})
