import { createServerClient } from '@supabase/ssr'
import type { NextRequest, NextResponse } from 'next/server'
import { serverEnv } from '#lib/env/server.ts'
import { authCookie } from '#lib/protocol/public-config.ts'
import { appOrigin } from '../http/app-origin.ts'

/**
 * Renews the auth session of a request whose access token ran out, so that everything after the proxy sees a valid
 * one. Refresh tokens are for one use: this is the place on the server that uses them.
 * @returns What puts the new cookies on the response, with the headers that keep it out of shared caches.
 */
export async function renewAuthSession(request: NextRequest): Promise<(response: NextResponse) => void> {
  const env = serverEnv()
  const changes: ((response: NextResponse) => void)[] = []
  const client = createServerClient(env.SUPABASE_URL, env.SUPABASE_PUBLISHABLE_KEY, {
    cookieOptions: authCookie(appOrigin(request.headers)),
    cookies: {
      getAll: () => request.cookies.getAll(),
      setAll: (cookies, headers) => {
        for (const { name, value } of cookies) request.cookies.set(name, value)
        changes.push((response) => {
          for (const { name, value, options } of cookies) response.cookies.set(name, value, options)
          for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
        })
      },
    },
  })
  // Renews and no more: who the person is, is decided by verified claims where it matters.
  await client.auth.getSession()
  return (response) => {
    for (const change of changes) change(response)
  }
}
