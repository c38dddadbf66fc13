import { z } from 'zod'
import { recallLocale } from '#lib/server/accounts/keep-locale.ts'
import { finishCallback } from '#lib/server/auth/finish-callback.ts'
import { authDb } from '#lib/server/db/auth-db.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'

const text = z.string().max(2048).optional()

/** Where Supabase Auth sends a browser back to, from a link or a provider. */
export const GET = defineRoute({
  access: 'anyone',
  query: z.object({ code: text, error: text, error_code: text, next: text, provider: text }),
  handle: async ({ request, query: { error_code: errorCode, ...query } }) => {
    const db = await authDb(request)
    const location = await finishCallback(db, { ...query, errorCode })
    await recallLocale(db)
    return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
  },
})
