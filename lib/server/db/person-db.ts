import 'server-only'
import { createServerClient } from '@supabase/ssr'
import { cookies } from 'next/headers'
import { serverEnv } from '#lib/env/server.ts'
import { authCookieName } from '#lib/protocol/public-config.ts'
import type { Db } from './clients.ts'
import type { Database } from './database.types.ts'

/** Acts as the person who sent this request, by the auth session in the cookies; as nobody without one. */
export async function personDb(): Promise<Db> {
  // First the request: while the app is built there is none, and no environment either.
  const jar = await cookies()
  const env = serverEnv()
  return createServerClient<Database>(env.SUPABASE_URL, env.SUPABASE_PUBLISHABLE_KEY, {
    cookieOptions: { name: authCookieName },
    cookies: {
      getAll: () => jar.getAll(),
      setAll: (changed) => {
        try {
          for (const { name, value, options } of changed) jar.set(name, value, options)
        } catch {
          // A page cannot set cookies while it renders; the proxy refreshed the session before.
        }
      },
    },
  })
}
