import type { SupabaseClient } from '@supabase/supabase-js'
import { expect, it } from 'vitest'
import { createAuthClient } from './auth-client.ts'

/** Only what renewing asks of a client. */
function authAnswering(error: { status?: number } | null) {
  const auth = { getSession: async () => ({ data: { session: null }, error }) }
  return createAuthClient({ auth } as unknown as SupabaseClient)
}

it('tells a session that has ended from one that nobody could be asked about', async () => {
  await expect(authAnswering(null).refreshAuth()).resolves.toBeUndefined()
  // The refresh token was used up or revoked: the next request says so.
  await expect(authAnswering({ status: 400 }).refreshAuth()).resolves.toBeUndefined()
  await expect(authAnswering({ status: 0 }).refreshAuth()).rejects.toMatchObject({ code: 'unavailable' })
  await expect(authAnswering({ status: 503 }).refreshAuth()).rejects.toMatchObject({ code: 'unavailable' })
})
