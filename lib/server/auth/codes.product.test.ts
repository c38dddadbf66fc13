import { createClient } from '@supabase/supabase-js'
import postgres from 'postgres'
import { afterAll, afterEach, describe, expect, inject, it, vi } from 'vitest'
import { parseServerEnv } from '#lib/env/server.ts'
import type { CodePurpose } from '#lib/protocol/sign-in.ts'
import { enterAs } from '#lib/testing/people.ts'
import { newestMessage } from '../../../supabase/local/testing/messages.ts'
import { loadDevices } from '../accounts/devices.ts'
import { type Db, serviceDb } from '../db/clients.ts'
import { askCode, type CodeDeps } from './ask-code.ts'
import { checkCode } from './check-code.ts'

const stack = inject('supabase')
const sql = postgres(stack.dbUrl)
afterAll(() => sql.end())
const newPhone = () => `+34${Math.floor(600_000_000 + Math.random() * 99_999_999)}`
const newEmail = () => `${crypto.randomUUID()}@example.test`

/** What a request brings along, of somebody whose client is given; everybody calls from a network of their own. */
function depsFor(db: unknown, variables: Record<string, string> = {}): CodeDeps {
  const env = parseServerEnv({
    SUPABASE_URL: stack.url,
    SUPABASE_PUBLISHABLE_KEY: stack.publishableKey,
    SUPABASE_SECRET_KEY: stack.secretKey,
    ...variables,
  })
  const network = crypto.randomUUID()
  return {
    db: db as Db,
    service: serviceDb(env),
    env,
    origin: 'http://localhost:3000',
    network,
    locale: 'es',
  }
}

const nobody = () =>
  createClient(stack.url, stack.publishableKey, { auth: { persistSession: false, autoRefreshToken: false } })

const phoneTo = (address: string) => ({ channel: 'phone', address }) as const
const ask = (deps: CodeDeps, address: string, purpose: CodePurpose = 'sign_in') =>
  askCode(deps, { to: phoneTo(address), purpose, next: '/' })
const check = (deps: CodeDeps, address: string, code: string, purpose: CodePurpose = 'sign_in') =>
  checkCode(deps, { to: phoneTo(address), purpose, code })

async function accountWith(phone: string): Promise<string> {
  const deps = depsFor(nobody())
  await ask(deps, phone)
  const { code } = await newestMessage(stack, phone)
  return (await check(deps, phone, code)).userId
}

describe('a code by text message', () => {
  it('signs somebody new in, who has no name yet', async () => {
    const deps = depsFor(nobody())
    const phone = newPhone()
    expect(await ask(deps, phone)).toEqual({ resendAfterInMs: 60_000 })
    const { code } = await newestMessage(stack, phone)
    expect(await check(deps, phone, code)).toMatchObject({ needsName: true })
  })

  it('adds the number to a guest, who stays the same person', async () => {
    const guest = await enterAs('Ana')
    const deps = depsFor(guest.db)
    const phone = newPhone()
    await ask(deps, phone, 'add')
    const { code } = await newestMessage(stack, phone)
    expect(await check(deps, phone, code, 'add')).toMatchObject({ userId: guest.id, needsName: false })
    expect(await loadDevices(deps.db)).toMatchObject([{ isThis: true }])
    const { data } = await guest.db.from('profiles').select('display_name, is_guest')
    expect(data).toEqual([{ display_name: 'Ana', is_guest: false }])
  })

  it('is not sent to add a number that has an account; signing in there is possible at once', async () => {
    const phone = newPhone()
    const owner = await accountWith(phone)
    const guest = await enterAs('Ana')
    const deps = depsFor(guest.db)
    await expect(ask(deps, phone, 'add')).rejects.toMatchObject({ code: 'address_taken' })
    await ask(deps, phone, 'sign_in')
    const { code } = await newestMessage(stack, phone)
    expect(await check(deps, phone, code)).toMatchObject({ userId: owner })
  })

  it('is void after five wrong tries, the right one included (attack 54)', async () => {
    const deps = depsFor(nobody())
    const phone = newPhone()
    await ask(deps, phone)
    const { code } = await newestMessage(stack, phone)
    const wrong = code === '000000' ? '000001' : '000000'
    for (let i = 0; i < 5; i++)
      await expect(check(deps, phone, wrong)).rejects.toMatchObject({ code: 'code_wrong' })
    await expect(check(deps, phone, code)).rejects.toMatchObject({ code: 'code_void' })
  })

  it('stays void, and no text is counted, where none is sent to add a number that has an account', async () => {
    const phone = newPhone()
    await accountWith(phone)
    const owner = depsFor(nobody())
    await ask(owner, phone)
    const { code } = await newestMessage(stack, phone)
    const wrong = code === '000000' ? '000001' : '000000'
    for (let i = 0; i < 5; i++)
      await expect(check(owner, phone, wrong)).rejects.toMatchObject({ code: 'code_wrong' })
    await sql`select private.forget_code_pause(${phone})`
    const texts = () => sql`select sum(sent) from private.text_messages`
    const before = await texts()
    const guest = depsFor((await enterAs('Ana')).db)
    await expect(ask(guest, phone, 'add')).rejects.toMatchObject({ code: 'address_taken' })
    expect(await texts()).toEqual(before)
    await expect(check(owner, phone, code)).rejects.toMatchObject({ code: 'code_void' })
    await ask(owner, phone)
    expect(await texts()).not.toEqual(before)
    expect(await check(owner, phone, (await newestMessage(stack, phone)).code)).toMatchObject({
      needsName: true,
    })
  })

  it('waits a minute for the next one', async () => {
    const deps = depsFor(nobody())
    const phone = newPhone()
    await ask(deps, phone)
    await expect(ask(deps, phone)).rejects.toMatchObject({
      code: 'rate_limited',
      retryAfterInMs: expect.any(Number),
    })
  })

  it('goes to the countries that are served, and within the budget of the day (attack 55)', async () => {
    const served = depsFor(nobody(), { AUTH_PHONE_PREFIXES: '+34, +52' })
    await ask(served, newPhone())
    await expect(ask(served, '+8801712345678')).rejects.toMatchObject({ code: 'country_not_served' })
    const spent = depsFor(nobody(), { AUTH_TEXTS_A_DAY: '0' })
    await expect(ask(spent, newPhone())).rejects.toMatchObject({ code: 'texts_spent' })
  })
})

describe('a code where a captcha is configured', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('is sent to add a number once Turnstile knows the token, and counted only then', async () => {
    const really = globalThis.fetch
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) =>
      String(url).startsWith('https://challenges.cloudflare.com/')
        ? Response.json({ success: String(init.body).includes('response=right') })
        : really(url, init),
    )
    const deps = depsFor((await enterAs('Ana')).db, {
      TURNSTILE_SITE_KEY: 'site',
      TURNSTILE_SECRET_KEY: 'secret',
    })
    const phone = newPhone()
    const addWith = (captchaToken?: string) =>
      askCode(deps, { to: phoneTo(phone), purpose: 'add', next: '/', captchaToken })
    await expect(addWith()).rejects.toMatchObject({ code: 'captcha_failed' })
    await expect(addWith('wrong')).rejects.toMatchObject({ code: 'captcha_failed' })
    await addWith('right')
    expect(await newestMessage(stack, phone)).toMatchObject({ channel: 'sms' })
  })
})

describe('a code by e-mail', () => {
  it('signs in, with a link that leads back here', async () => {
    const deps = depsFor(nobody())
    const address = newEmail()
    const to = { channel: 'email', address } as const
    await askCode(deps, { to, purpose: 'sign_in', next: '//evil.example' })
    const { code, link } = await newestMessage(stack, address)
    expect(new URL(link ?? '').searchParams.get('redirect_to')).toBe(
      'http://localhost:3000/auth/callback?next=%2F',
    )
    expect(await checkCode(deps, { to, purpose: 'sign_in', code })).toMatchObject({ needsName: true })
  })

  it('adds the address to a guest', async () => {
    const guest = await enterAs('Ana')
    const deps = depsFor(guest.db)
    const to = { channel: 'email', address: newEmail() } as const
    await askCode(deps, { to, purpose: 'add', next: '/account' })
    const { code } = await newestMessage(stack, to.address)
    expect(await checkCode(deps, { to, purpose: 'add', code })).toMatchObject({
      userId: guest.id,
      needsName: false,
    })
  })

  it('is in the language in which it was asked for, also where the account began in another', async () => {
    const guest = await enterAs('Ana')
    await guest.db.auth.updateUser({ data: { locale: 'en' } })
    const to = { channel: 'email', address: newEmail() } as const
    await askCode(depsFor(guest.db), { to, purpose: 'add', next: '/account' })
    expect((await newestMessage(stack, to.address)).body).toContain('Tu código de WhatsSound')
  })
})
