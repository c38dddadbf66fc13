import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { anonymousClient, serviceClient } from '../testing/people.ts'
import { startStack, type TestStack } from '../testing/start-stack.ts'
import { settings } from './settings.ts'

/** Turnstile, which cannot be reached from here: it knows one token. */
const turnstile = vi.fn(async (body: string) =>
  Response.json({ success: body === 'secret=s3cret&response=known' }),
)
const verifyUrl = 'https://challenges.cloudflare.com/turnstile/v0/siteverify'

let stack: TestStack
let withCaptcha: TestStack
beforeAll(async () => {
  const { fetch } = globalThis
  vi.stubGlobal('fetch', (url: RequestInfo | URL, init?: RequestInit) =>
    url === verifyUrl ? turnstile(String(init?.body)) : fetch(url, init),
  )
  stack = await startStack()
  withCaptcha = await startStack({ captchaSecret: 's3cret' })
})
afterAll(async () => {
  await stack.stop()
  await withCaptcha.stop()
  vi.unstubAllGlobals()
})
beforeEach(() => void turnstile.mockClear())

test('nobody has more text messages sent than the whole project may, whatever the app counts', async () => {
  const client = anonymousClient(stack)
  const ask = (index: number) =>
    client.auth.signInWithOtp({ phone: `+34600${String(index).padStart(6, '0')}` })
  for (let index = 0; index < settings.textsAnHour; index++) expect((await ask(index)).error).toBeNull()
  expect((await ask(settings.textsAnHour)).error).toMatchObject({
    status: 429,
    code: 'over_sms_send_rate_limit',
  })
  expect((await client.auth.signInWithOtp({ email: 'ana@example.com' })).error).toBeNull()
})

test('nobody guesses codes faster than an address may try', async () => {
  const client = anonymousClient(stack)
  const guess = async () =>
    (await client.auth.verifyOtp({ email: 'ana@example.com', token: '000000', type: 'email' })).error?.code
  for (let tries = 0; tries < settings.verificationsInFiveMinutes; tries++)
    expect(await guess()).toBe('otp_expired')
  // It refills while they are made.
  await expect.poll(guess).toBe('over_request_rate_limit')
})

test('with a captcha nobody is let in, and nothing sent, for whom Turnstile does not speak', async () => {
  const { auth } = anonymousClient(withCaptcha)
  const refused = { status: 400, code: 'captcha_failed' }
  const wrong = { captchaToken: 'unknown' }
  expect((await auth.signInAnonymously()).error).toMatchObject(refused)
  expect((await auth.signInAnonymously({ options: wrong })).error).toMatchObject(refused)
  expect((await auth.signInWithOtp({ email: 'ana@example.com' })).error).toMatchObject(refused)
  expect(
    (await auth.signInWithPassword({ email: 'ana@example.com', password: 'guessed it' })).error,
  ).toMatchObject(refused)
  expect(turnstile).toHaveBeenCalledTimes(1)
  const options = { captchaToken: 'known' }
  expect((await auth.signInWithOtp({ email: 'ana@example.com', options })).error).toBeNull()
  expect((await auth.signInAnonymously({ options })).error).toBeNull()
  // What goes on needs none.
  expect((await auth.refreshSession()).error).toBeNull()
})

test('the service role needs no captcha', async () => {
  const { auth } = serviceClient(withCaptcha)
  expect((await auth.signInWithOtp({ email: 'ben@example.com' })).error).toBeNull()
  expect(turnstile).not.toHaveBeenCalled()
})
