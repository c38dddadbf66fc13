import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { inject } from 'vitest'

/** A guest as a browser would have one, without cookies. */
export async function enterAs(
  name: string,
  url = inject('supabase').url,
): Promise<{ id: string; db: SupabaseClient }> {
  const db = createClient(url, inject('supabase').publishableKey, {
    auth: { persistSession: false, autoRefreshToken: false },
    realtime: { reconnectAfterMs: () => 50 },
  })
  const { data, error } = await db.auth.signInAnonymously({ options: { data: { display_name: name } } })
  if (error || !data.user) throw error ?? new Error('Nobody was signed in.')
  return { id: data.user.id, db }
}

/** Calls a SQL function that must succeed. */
export async function mustCall<T>(
  db: SupabaseClient,
  name: string,
  args: Record<string, unknown>,
): Promise<T> {
  const { data, error } = await db.rpc(name, args)
  if (error) throw error
  return data
}
