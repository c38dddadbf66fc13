import 'server-only'
import { createServerClient } from '@supabase/ssr'
import { cookies } from 'next/headers'
import { serverEnv } from '#lib/env/server.ts'
import { authCookie } from '#lib/protocol/public-config.ts'
import { appOrigin } from '../http/app-origin.ts'
import type { Db } from './clients.ts'
import type { Database } from './database.types.ts'

/**
 * Changes how people are signed in, in route handlers and actions: what changes is written into the response's cookies.
 * Supabase Auth is told which device it is for, since the sessions are listed by it. The routes' answers are `no-store`,
 * so that no shared cache keeps a session.
 */
export async function authDb(request: Pick<Request, 'headers'>): Promise<Db> {
  const jar = await cookies()
  const env = serverEnv()
  return createServerClient<Database>(env.SUPABASE_URL, env.SUPABASE_PUBLISHABLE_KEY, {
    cookieOptions: authCookie(appOrigin(request.headers)),
    global: { headers: { 'user-agent': request.headers.get('user-agent') ?? 'unknown' } },
    cookies: {
      getAll: () => jar.getAll(),
      setAll: (changed) => {
        for (const { name, value, options } of changed) jar.set(name, value, options)
      },
    },
  })
}
