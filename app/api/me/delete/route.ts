import { z } from 'zod'
import { serverEnv } from '#lib/env/server.ts'
import { deleteAccount } from '#lib/server/accounts/delete-account.ts'
import { authDb } from '#lib/server/db/auth-db.ts'
import { serviceDb } from '#lib/server/db/clients.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'

export const POST = defineRoute({
  access: 'signed_in',
  body: z.strictObject({ confirmed: z.literal(true) }),
  handle: async ({ db, person, request }) => {
    const deleted = await deleteAccount({ db, service: serviceDb(serverEnv()), userId: person.userId })
    // The session went with the account; this clears the cookies.
    const { auth } = await authDb(request)
    await auth.signOut({ scope: 'local' })
    return deleted
  },
})
