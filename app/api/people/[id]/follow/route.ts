import { followSchema, personParamsSchema } from '#lib/protocol/profile.ts'
import { follow } from '#lib/server/accounts/people.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'

export const POST = defineRoute({
  access: 'signed_in',
  params: personParamsSchema,
  body: followSchema,
  handle: ({ db, params, body }) => follow(db, params.id, body.following),
})
