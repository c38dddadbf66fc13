import { createClient, type PostgrestError, type SupabaseClient } from '@supabase/supabase-js'
import type { ServerEnv } from '#lib/env/server.ts'
import type { Database } from './database.types.ts'

export type Db = SupabaseClient<Database>

/** No session is kept, nor renewed: requests come from many people. */
export const stateless = {
  auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
}

/** Sees what everybody may see. */
export function anonymousDb(env: ServerEnv): Db {
  return createClient<Database>(env.SUPABASE_URL, env.SUPABASE_PUBLISHABLE_KEY, stateless)
}

/** Passes by row level security: for the worker and for what no person may do. Never with a person's input alone. */
export function serviceDb(env: ServerEnv): Db {
  return createClient<Database>(env.SUPABASE_URL, env.SUPABASE_SECRET_KEY, stateless)
}

type Functions = Database['public']['Functions']
type AnyFunction = keyof Functions & string

/** What calls SQL functions, and no more. */
export type Rpc = {
  rpc: (
    name: AnyFunction,
    args: Functions[AnyFunction]['Args'],
  ) => PromiseLike<{ data: unknown; error: PostgrestError | null }>
}

/**
 * Acts as whoever holds this token, by a client that is shared: a client of one's own takes most of a millisecond to
 * make. PostgREST verifies the token.
 */
export function actingAs(db: Db, accessToken: string): Rpc {
  return { rpc: (name, args) => db.rpc(name, args).setHeader('authorization', `Bearer ${accessToken}`) }
}
