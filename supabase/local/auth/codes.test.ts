import { createClient } from '@supabase/supabase-js'
import postgres from 'postgres'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { newestMessage } from '../testing/messages.ts'
import { anonymousClient } from '../testing/people.ts'

const stack = inject('stack')
const sql = postgres(stack.dbUrl)
afterAll(() => sql.end())
const newEmail = () => `${crypto.randomUUID()}@example.com`
const newPhone = () => `+34${Math.floor(600_000_000 + Math.random() * 99_999_999)}`

describe('a code by text message', () => {
  test('signs a new person in, once', async () => {
    const client = anonymousClient(stack)
    const phone = newPhone()
    const sent = await client.auth.signInWithOtp({ phone, options: { data: { name: 'Dora' } } })
    expect(sent.error).toBeNull()
    expect(sent.data.messageId).toBeTypeOf('string')
    const { code: token, channel } = await newestMessage(stack, phone)
    expect(channel).toBe('sms')
    const { data } = await client.auth.verifyOtp({ phone, token, type: 'sms' })
    expect(data.user).toMatchObject({
      phone: phone.slice(1),
      user_metadata: { name: 'Dora' },
      is_anonymous: false,
    })
    const again = await client.auth.verifyOtp({ phone, token, type: 'sms' })
    expect(again.error).toMatchObject({ status: 403, code: 'otp_expired' })
  })

  test('is refused when wrong, replaced by the next, and too old after ten minutes', async () => {
    const client = anonymousClient(stack)
    const phone = newPhone()
    await client.auth.signInWithOtp({ phone })
    const first = (await newestMessage(stack, phone)).code
    const wrong = first === '000000' ? '000001' : '000000'
    expect((await client.auth.verifyOtp({ phone, token: wrong, type: 'sms' })).error?.code).toBe(
      'otp_expired',
    )
    await client.auth.signInWithOtp({ phone })
    const second = (await newestMessage(stack, phone)).code
    if (second !== first) {
      expect((await client.auth.verifyOtp({ phone, token: first, type: 'sms' })).error?.code).toBe(
        'otp_expired',
      )
    }
    await sql`update auth.one_time_tokens set created_at = now() - interval '11 minutes' where relates_to = ${phone.slice(1)}`
    expect((await client.auth.verifyOtp({ phone, token: second, type: 'sms' })).error?.code).toBe(
      'otp_expired',
    )
  })

  test('goes to real numbers only', async () => {
    const { error } = await anonymousClient(stack).auth.signInWithOtp({ phone: '12ab' })
    expect(error).toMatchObject({ status: 400, code: 'validation_failed' })
  })
})

describe('a code by e-mail', () => {
  test('signs a person in, whatever the case of the address', async () => {
    const client = anonymousClient(stack)
    const email = newEmail()
    await client.auth.signInWithOtp({ email: email.toUpperCase() })
    const { code: token } = await newestMessage(stack, email)
    const { data } = await client.auth.verifyOtp({ email, token, type: 'email' })
    expect(data.user).toMatchObject({ email })
    expect(data.user?.email_confirmed_at).toBeTypeOf('string')
  })

  test('makes no account where that is not wanted', async () => {
    const sent = await anonymousClient(stack).auth.signInWithOtp({
      email: newEmail(),
      options: { shouldCreateUser: false },
    })
    expect(sent.error).toMatchObject({ status: 422, code: 'otp_disabled' })
  })

  test('of one person does not sign in another', async () => {
    const client = anonymousClient(stack)
    const [mine, theirs] = [newEmail(), newEmail()]
    await client.auth.signInWithOtp({ email: mine })
    await client.auth.signInWithOtp({ email: theirs })
    const { code: token } = await newestMessage(stack, theirs)
    const other = (await newestMessage(stack, mine)).code
    if (other !== token) {
      expect((await client.auth.verifyOtp({ email: mine, token, type: 'email' })).error?.code).toBe(
        'otp_expired',
      )
    }
  })
})

describe('the link in an e-mail', () => {
  const open = (link: string) => fetch(link, { redirect: 'manual' })

  test('leads back with a session', async () => {
    const client = anonymousClient(stack)
    const email = newEmail()
    await client.auth.signInWithOtp({
      email,
      options: { emailRedirectTo: 'http://192.168.1.7:3000/welcome' },
    })
    const { link } = await newestMessage(stack, email)
    const target = new URL((await open(link ?? '')).headers.get('location') ?? '')
    expect(target.href).toMatch(/^http:\/\/192\.168\.1\.7:3000\/welcome#/)
    const { access_token = '', refresh_token = '' } = Object.fromEntries(
      new URLSearchParams(target.hash.slice(1)),
    )
    const { data } = await client.auth.setSession({ access_token, refresh_token })
    expect(data.user?.email).toBe(email)
    expect((await open(link ?? '')).headers.get('location')).toContain('error_code=otp_expired')
  })

  test('works as a token hash', async () => {
    const client = anonymousClient(stack)
    const email = newEmail()
    await client.auth.signInWithOtp({ email })
    const token_hash = new URL((await newestMessage(stack, email)).link ?? '').searchParams.get('token') ?? ''
    const { data } = await client.auth.verifyOtp({ token_hash, type: 'email' })
    expect(data.user?.email).toBe(email)
  })

  test('with PKCE brings a code that only the asking browser can exchange', async () => {
    const store = new Map<string, string>()
    const storage = {
      getItem: (key: string) => store.get(key) ?? null,
      setItem: (key: string, value: string) => void store.set(key, value),
      removeItem: (key: string) => void store.delete(key),
    }
    const options = { auth: { flowType: 'pkce', storage, autoRefreshToken: false } } as const
    const client = createClient(stack.url, stack.publishableKey, options)
    const email = newEmail()
    const ask = async () => {
      await client.auth.signInWithOtp({ email })
      const { link } = await newestMessage(stack, email)
      return new URL((await open(link ?? '')).headers.get('location') ?? '').searchParams.get('code') ?? ''
    }
    const { data, error } = await client.auth.exchangeCodeForSession(await ask())
    expect(error).toBeNull()
    expect(data.user?.email).toBe(email)

    const stolen = await ask()
    for (const key of store.keys()) if (key.endsWith('code-verifier')) store.set(key, `"${'x'.repeat(60)}"`)
    expect((await client.auth.exchangeCodeForSession(stolen)).error?.code).toBe('bad_code_verifier')
  })
})
