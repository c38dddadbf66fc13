import { sessionParamsSchema } from '#lib/protocol/session-id.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { createInvitation } from '#lib/server/sessions/create-invitation.ts'

export const POST = defineRoute({
  access: 'signed_in',
  params: sessionParamsSchema,
  handle: ({ db, params }) => createInvitation(db, params.id),
})
