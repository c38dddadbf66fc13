import { type AuthClient, createAuthClient } from '#lib/client/auth/auth-client.ts'
import { browserClient } from '#lib/client/auth/browser-client.ts'
import type { PublicConfig } from '#lib/protocol/public-config.ts'

let known: { supabaseUrl: string; auth: AuthClient } | undefined

/** The one auth client of this page; for effects and handlers, not for rendering on the server. */
export function authClientOf(config: PublicConfig): AuthClient {
  if (known?.supabaseUrl !== config.supabaseUrl) {
    known = { supabaseUrl: config.supabaseUrl, auth: createAuthClient(browserClient(config)) }
  }
  return known.auth
}
