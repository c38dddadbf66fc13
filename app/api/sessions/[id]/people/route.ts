import { peopleHereQuerySchema } from '#lib/protocol/people-here.ts'
import { sessionParamsSchema } from '#lib/protocol/session-id.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { loadPeopleHere } from '#lib/server/sessions/load-people-here.ts'

export const GET = defineRoute({
  access: 'signed_in',
  params: sessionParamsSchema,
  query: peopleHereQuerySchema,
  handle: ({ db, params, query }) => loadPeopleHere(db, params.id, query.after),
})
