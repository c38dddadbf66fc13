import { blockSchema, personParamsSchema } from '#lib/protocol/profile.ts'
import { block } from '#lib/server/accounts/people.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'

export const POST = defineRoute({
  access: 'signed_in',
  params: personParamsSchema,
  body: blockSchema,
  handle: ({ db, params, body }) => block(db, params.id, body.blocked),
})
