import { personParamsSchema } from '#lib/protocol/profile.ts'
import { signOutDevice } from '#lib/server/accounts/devices.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'

export const POST = defineRoute({
  access: 'signed_in',
  params: personParamsSchema,
  handle: ({ db, params }) => signOutDevice(db, params.id),
})
