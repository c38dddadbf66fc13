import { serverEnv } from '#lib/env/server.ts'
import { anonymousDb, type Db } from './clients.ts'
import { createTokenVerifier, type VerifyToken } from './verify-token.ts'

type SharedAccess = { anonymous: Db; verify: VerifyToken }

/** Next bundles a copy of this module of its own; both copies meet here. */
const key = Symbol.for('whatssound.access')
const shared = globalThis as typeof globalThis & { [key]?: SharedAccess }

/** The process's one client that acts as nobody, and its one verifier of tokens. Needs the server's environment. */
export function sharedAccess(): SharedAccess {
  shared[key] ??= open()
  return shared[key]
}

function open(): SharedAccess {
  const env = serverEnv()
  const anonymous = anonymousDb(env)
  const verify = createTokenVerifier({ supabaseUrl: env.SUPABASE_URL, auth: anonymous.auth, now: Date.now })
  return { anonymous, verify }
}
