import 'server-only'
import { createServerClient } from '@supabase/ssr'
import { cookies, headers } from 'next/headers'
import { serverEnv } from '#lib/env/server.ts'
import { authCookie } from '#lib/protocol/public-config.ts'
import { appOrigin } from '../http/app-origin.ts'
import type { Db } from './clients.ts'
import type { Database } from './database.types.ts'

/** Acts as the person who sent this request, by the auth session in the cookies; as nobody without one. */
export async function personDb(): Promise<Db> {
  // First the request: while the app is built there is none, and no environment either.
  const jar = await cookies()
  const env = serverEnv()
  return createServerClient<Database>(env.SUPABASE_URL, env.SUPABASE_PUBLISHABLE_KEY, {
    cookieOptions: authCookie(appOrigin(await headers())),
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
