import type { PublicConfig } from '#lib/protocol/public-config.ts'
import { paymentsMode, plusMode, type ServerEnv } from './server.ts'

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]', '0.0.0.0'])

/** Whether a host name means "this very machine" and so means another machine to everybody else. */
export function isLoopbackHost(hostname: string): boolean {
  return loopbackHosts.has(hostname) || hostname.endsWith('.localhost')
}

/**
 * Where a browser finds Supabase. A loopback address is only right on the machine itself: a phone that came by the
 * machine's network name finds Supabase under that same name.
 */
export function publicSupabaseUrl(env: ServerEnv, appOrigin: string): string {
  if (env.SUPABASE_PUBLIC_URL) return env.SUPABASE_PUBLIC_URL
  const url = new URL(env.SUPABASE_URL)
  if (isLoopbackHost(url.hostname)) url.hostname = new URL(appOrigin).hostname
  return url.href.replace(/\/+$/, '')
}

/** What the root layout hands to the browser. `appOrigin` is the app's origin as the request named it. */
export function publicConfigFor(env: ServerEnv, appOrigin: string, encodesOriginals: boolean): PublicConfig {
  return {
    supabaseUrl: publicSupabaseUrl(env, appOrigin),
    supabaseKey: env.SUPABASE_PUBLISHABLE_KEY,
    appUrl: appOrigin,
    maxTrackMinutes: env.MAX_TRACK_MINUTES,
    encodesOriginals,
    captchaSiteKey: env.TURNSTILE_SITE_KEY ?? null,
    vapidPublicKey: env.VAPID_PUBLIC_KEY ?? null,
    payments: paymentsMode(env),
    plus: plusMode(env),
  }
}
