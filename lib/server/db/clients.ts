import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import type { ServerEnv } from '#lib/env/server.ts'
import type { Database } from './database.types.ts'

export type Db = SupabaseClient<Database>

const stateless = { auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false } }

/** Sees what everybody may see. */
export function anonymousDb(env: ServerEnv): Db {
  return createClient<Database>(env.SUPABASE_URL, env.SUPABASE_PUBLISHABLE_KEY, stateless)
}

/** Passes by row level security: for the worker and for what no person may do. Never with a person's input alone. */
export function serviceDb(env: ServerEnv): Db {
  return createClient<Database>(env.SUPABASE_URL, env.SUPABASE_SECRET_KEY, stateless)
}
