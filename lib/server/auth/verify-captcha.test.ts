import { afterEach, expect, it, vi } from 'vitest'
import { parseServerEnv } from '#lib/env/server.ts'
import { verifyCaptcha } from './verify-captcha.ts'

const supabase = {
  SUPABASE_URL: 'http://supabase.test',
  SUPABASE_PUBLISHABLE_KEY: 'k',
  SUPABASE_SECRET_KEY: 's',
}
const env = parseServerEnv({ ...supabase, TURNSTILE_SITE_KEY: 'site', TURNSTILE_SECRET_KEY: 'secret' })
afterEach(() => vi.unstubAllGlobals())

/** Turnstile's answer, and what it was asked. */
function turnstileAnswers(answer: object) {
  const fetched = vi.fn(async (_url: string, _init: RequestInit) => Response.json(answer))
  vi.stubGlobal('fetch', fetched)
  return fetched
}

it('lets through what Turnstile knows, and says who asks', async () => {
  const fetched = turnstileAnswers({ success: true, 'error-codes': [] })
  await verifyCaptcha(env, 'token')
  const [url, { body }] = fetched.mock.calls[0] ?? ['', {}]
  expect(url).toBe('https://challenges.cloudflare.com/turnstile/v0/siteverify')
  expect(String(body)).toBe('secret=secret&response=token')
})

it('refuses what it does not know, and whoever brings nothing', async () => {
  const fetched = turnstileAnswers({ success: false, 'error-codes': ['timeout-or-duplicate'] })
  await expect(verifyCaptcha(env, 'used')).rejects.toMatchObject({ code: 'captcha_failed' })
  await expect(verifyCaptcha(env, undefined)).rejects.toMatchObject({ code: 'captcha_failed' })
  expect(fetched).toHaveBeenCalledTimes(1)
})

it('blames nobody for a wrong secret, or for an answer that makes no sense', async () => {
  turnstileAnswers({ success: false, 'error-codes': ['invalid-input-secret'] })
  await expect(verifyCaptcha(env, 'token')).rejects.toMatchObject({ code: 'unavailable' })
  turnstileAnswers({})
  await expect(verifyCaptcha(env, 'token')).rejects.toMatchObject({ code: 'unavailable' })
})

it('asks for nothing where no captcha is configured', async () => {
  const fetched = turnstileAnswers({ success: false })
  await verifyCaptcha(parseServerEnv(supabase), undefined)
  expect(fetched).not.toHaveBeenCalled()
})
