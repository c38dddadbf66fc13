import type { SupabaseClient } from '@supabase/supabase-js'
import { expect, it, vi } from 'vitest'
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

it('lets a guest in under a name, in the language that they read', async () => {
  const signInAnonymously = vi.fn(async () => ({ data: { user: { id: 'ana' } }, error: null }))
  const client = createAuthClient({ auth: { signInAnonymously } } as unknown as SupabaseClient)
  expect(await client.enterAsGuest('Ana', 'es')).toBe('ana')
  await client.enterAsGuest('Ana', 'es', 'token')
  const data = { display_name: 'Ana', locale: 'es' }
  expect(signInAnonymously.mock.calls).toEqual([
    [{ options: { data } }],
    [{ options: { data, captchaToken: 'token' } }],
  ])
})
