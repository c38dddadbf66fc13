import { signOutSchema } from '#lib/protocol/sign-in.ts'
import { authErrorToCoded } from '#lib/server/auth/auth-error.ts'
import { authDb } from '#lib/server/db/auth-db.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'

export const POST = defineRoute({
  access: 'signed_in',
  body: signOutSchema,
  handle: async ({ request, body }) => {
    const { auth } = await authDb(request)
    const { error } = await auth.signOut({ scope: body.scope })
    if (error) throw authErrorToCoded(error)
    return {}
  },
})
