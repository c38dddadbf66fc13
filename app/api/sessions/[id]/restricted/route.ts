import { sessionParamsSchema } from '#lib/protocol/session-id.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { loadRestrictedPeople } from '#lib/server/sessions/load-restricted-people.ts'

export const GET = defineRoute({
  access: 'signed_in',
  params: sessionParamsSchema,
  handle: ({ db, params }) => loadRestrictedPeople(db, params.id),
})
