import { updateProfileSchema } from '#lib/protocol/profile.ts'
import { updateProfile } from '#lib/server/accounts/update-profile.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'

export const POST = defineRoute({
  access: 'signed_in',
  body: updateProfileSchema,
  handle: ({ db, body }) => updateProfile(db, body),
})
