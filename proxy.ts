import { type NextRequest, NextResponse } from 'next/server'
import { publicSupabaseUrl } from '#lib/env/public-config.ts'
import { serverEnv } from '#lib/env/server.ts'
import { renewAuthSession } from '#lib/server/db/renew-auth-session.ts'
import { appOrigin } from '#lib/server/http/app-origin.ts'
import { contentSecurityPolicy, httpsHeaders } from '#lib/server/http/security-headers.ts'
import { shopOn } from '#lib/server/revenuecat/revenuecat-access.ts'

/** Before every page and command: a valid auth session, and this request's Content Security Policy. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const applySession = await renewAuthSession(request)
  const origin = appOrigin(request.headers)
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))
  const policy = contentSecurityPolicy({
    nonce,
    supabaseUrl: publicSupabaseUrl(serverEnv(), origin),
    isDev: process.env.NODE_ENV === 'development',
    hasCaptcha: serverEnv().TURNSTILE_SITE_KEY !== undefined,
    shopUrl: shopOn(request.nextUrl.pathname, serverEnv()),
  })
  // Next reads the nonce from the request's policy and puts it on its own scripts.
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  for (const [name, value] of Object.entries(httpsHeaders(origin))) response.headers.set(name, value)
  applySession(response)
  return response
}

/** Left out: static files, the clock (which must be quick), the health check, webhooks, the streams and live playlists. */
export const config = {
  matcher: [
    '/((?!_next/static|_next/image|api/clock|api/health|api/webhooks|api/sessions/[^/]+/(?:poll|events)|.*\\.(?:svg|png|ico|webp|woff2|wav|mp3|wasm|js|webmanifest|m3u8)$).*)',
  ],
}
