import type { SupabaseClient } from '@supabase/supabase-js'
import postgres from 'postgres'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { anonymousClient, serviceClient, signInGuest } from '../testing/people.ts'

const stack = inject('stack')
const sql = postgres(stack.dbUrl)
afterAll(() => sql.end())

const tokenOf = async (client: SupabaseClient) =>
  (await client.auth.getSession()).data.session?.refresh_token ?? ''
const refresh = (refresh_token: string) => anonymousClient(stack).auth.refreshSession({ refresh_token })
const age = (token: string) =>
  sql`update auth.refresh_tokens set updated_at = now() - interval '11 seconds' where token = ${token}`

describe('a refresh token', () => {
  test('brings a new pair for the same session', async () => {
    const { client, id } = await signInGuest(stack)
    const before = (await client.auth.getClaims()).data?.claims.session_id
    const { data, error } = await client.auth.refreshSession()
    expect(error).toBeNull()
    expect(data.user?.id).toBe(id)
    expect((await client.auth.getClaims()).data?.claims.session_id).toBe(before)
  })

  test('used by two tabs at once gives both the same successor', async () => {
    const token = await tokenOf((await signInGuest(stack)).client)
    const [one, two] = await Promise.all([refresh(token), refresh(token)])
    expect(one.error ?? two.error).toBeNull()
    expect(one.data.session?.refresh_token).toBe(two.data.session?.refresh_token)
  })

  test('whose answer got lost may be used again later', async () => {
    const token = await tokenOf((await signInGuest(stack)).client)
    const lost = await refresh(token)
    await age(token)
    const again = await refresh(token)
    expect(again.data.session?.refresh_token).toBe(lost.data.session?.refresh_token)
  })

  test('that was replaced twice ends the session of the thief and the owner', async () => {
    const token = await tokenOf((await signInGuest(stack)).client)
    const second = (await refresh(token)).data.session?.refresh_token ?? ''
    const third = (await refresh(second)).data.session?.refresh_token ?? ''
    await age(token)
    expect((await refresh(token)).error).toMatchObject({ status: 400, code: 'refresh_token_already_used' })
    expect((await refresh(third)).error).toMatchObject({ status: 400, code: 'refresh_token_not_found' })
  })

  test('that nobody issued is refused', async () => {
    expect((await refresh('made-up')).error).toMatchObject({ status: 400, code: 'refresh_token_not_found' })
  })
})

describe('signing out', () => {
  async function twoDevices() {
    const email = `${crypto.randomUUID()}@example.com`
    const password = crypto.randomUUID()
    await serviceClient(stack).auth.admin.createUser({ email, password, email_confirm: true })
    const devices = [anonymousClient(stack), anonymousClient(stack)] as const
    for (const device of devices) await device.auth.signInWithPassword({ email, password })
    return devices
  }
  const isSignedIn = async (client: SupabaseClient) => (await client.auth.getUser()).data.user !== null

  test.each([
    ['local', false, true],
    ['others', true, false],
    ['global', false, false],
  ] as const)('with scope %s', async (scope, here, there) => {
    const [phone, laptop] = await twoDevices()
    expect((await phone.auth.signOut({ scope })).error).toBeNull()
    expect(await isSignedIn(phone)).toBe(here)
    expect(await isSignedIn(laptop)).toBe(there)
  })

  test('makes a token that is still fresh useless for the account', async () => {
    const { client, accessToken } = await signInGuest(stack)
    await client.auth.signOut()
    const { error } = await anonymousClient(stack).auth.getUser(accessToken)
    expect(error?.name).toBe('AuthSessionMissingError')
  })
})
