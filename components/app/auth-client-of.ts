import type { AuthClient } from '#lib/client/auth/auth-client.ts'
import type { PublicConfig } from '#lib/protocol/public-config.ts'

let known: { supabaseUrl: string; auth: AuthClient } | undefined

/** The one auth client of this page. Its code, a large part of which is Supabase's, is fetched when it is first asked. */
export function authClientOf(config: PublicConfig): AuthClient {
  if (known?.supabaseUrl !== config.supabaseUrl) {
    known = { supabaseUrl: config.supabaseUrl, auth: fetchedWhenAsked(createOnce(config)) }
  }
  return known.auth
}

/** What failed for want of a network may be tried again. */
function createOnce(config: PublicConfig): () => Promise<AuthClient> {
  let created: Promise<AuthClient> | undefined
  return () => {
    created ??= create(config).catch((error: unknown) => {
      created = undefined
      throw error
    })
    return created
  }
}

async function create(config: PublicConfig): Promise<AuthClient> {
  const [{ createAuthClient }, { browserClient }] = await Promise.all([
    import('#lib/client/auth/auth-client.ts'),
    import('#lib/client/auth/browser-client.ts'),
  ])
  return createAuthClient(browserClient(config))
}

function fetchedWhenAsked(client: () => Promise<AuthClient>): AuthClient {
  return {
    supabase: async () => (await client()).supabase(),
    request: async (...args) => (await client()).request(...args),
    refreshAuth: async () => (await client()).refreshAuth(),
    enterAsGuest: async (...args) => (await client()).enterAsGuest(...args),
    rename: async (...args) => (await client()).rename(...args),
    signOut: async () => (await client()).signOut(),
  }
}
