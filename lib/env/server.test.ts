import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { publicConfigFor } from './public-config.ts'
import { environmentNames, pairs, parseServerEnv, parseWorkerEnv } from './server.ts'

const complete = {
  SUPABASE_URL: 'http://127.0.0.1:54321/',
  SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_x',
  SUPABASE_SECRET_KEY: 'sb_secret_x',
}

describe('parseServerEnv', () => {
  it('fills in what has a default, also where a variable is empty', () => {
    expect(parseServerEnv({ ...complete, LOG_LEVEL: '', SUPABASE_PUBLIC_URL: '' })).toEqual({
      ...complete,
      SUPABASE_URL: 'http://127.0.0.1:54321',
      LOG_LEVEL: 'info',
      LARGE_ROOM_FROM: 200,
      MAX_TRACK_MINUTES: 90,
    })
  })
  it('names everything that is missing or wrong at once', () => {
    const attempt = () =>
      parseServerEnv({ SUPABASE_URL: 'nowhere', SUPABASE_SECRET_KEY: 'x', MAX_TRACK_MINUTES: '-1' })
    expect(attempt).toThrow(/SUPABASE_URL must be an http\(s\) address/)
    expect(attempt).toThrow(/SUPABASE_PUBLISHABLE_KEY is missing/)
    expect(attempt).toThrow(/MAX_TRACK_MINUTES/)
  })
  it('takes the three variables of Web Push together, or none', () => {
    const vapid = {
      VAPID_PUBLIC_KEY: 'B'.repeat(87),
      VAPID_PRIVATE_KEY: 'p'.repeat(43),
      VAPID_SUBJECT: 'mailto:push@sound.example',
    }
    expect(parseServerEnv({ ...complete, ...vapid })).toMatchObject(vapid)
    const attempt = () => parseServerEnv({ ...complete, ...vapid, VAPID_PRIVATE_KEY: '' })
    expect(attempt).toThrow(/VAPID_PRIVATE_KEY is missing/)
  })
  it('takes the key pair of the captcha together, or none', () => {
    expect(() => parseServerEnv({ ...complete, TURNSTILE_SITE_KEY: 'site' })).toThrow(
      /TURNSTILE_SECRET_KEY is missing/,
    )
  })
  it('takes the key and both secrets of Stripe together, or none', () => {
    const stripe = {
      STRIPE_SECRET_KEY: 'sk_test_123',
      STRIPE_WEBHOOK_SECRET: 'whsec_a',
      STRIPE_CONNECT_WEBHOOK_SECRET: 'whsec_b',
    }
    expect(parseServerEnv({ ...complete, ...stripe })).toMatchObject(stripe)
    expect(() => parseServerEnv({ ...complete, ...stripe, STRIPE_CONNECT_WEBHOOK_SECRET: '' })).toThrow(
      /STRIPE_CONNECT_WEBHOOK_SECRET is missing/,
    )
    expect(() => parseServerEnv({ ...complete, ...stripe, STRIPE_SECRET_KEY: 'pk_test_123' })).toThrow(
      /STRIPE_SECRET_KEY must be a secret/,
    )
  })
  it('lets nothing stand in for Stripe where money moves', () => {
    const stripe = {
      STRIPE_SECRET_KEY: 'sk_live_123',
      STRIPE_WEBHOOK_SECRET: 'whsec_a',
      STRIPE_CONNECT_WEBHOOK_SECRET: 'whsec_b',
      STRIPE_API_URL: 'http://127.0.0.1:54323',
    }
    expect(() => parseServerEnv({ ...complete, ...stripe })).toThrow(/STRIPE_API_URL goes with a test key/)
    expect(parseServerEnv({ ...complete, ...stripe, STRIPE_SECRET_KEY: 'sk_test_123' })).toMatchObject({
      STRIPE_API_URL: 'http://127.0.0.1:54323',
    })
  })
  it('takes what RevenueCat needs together, or none', () => {
    const revenuecat = {
      REVENUECAT_SECRET_KEY: 'sk_abc',
      REVENUECAT_WEBHOOK_AUTHORIZATION: 'Bearer 0123456789',
      REVENUECAT_WEB_KEY: 'rcb_abc',
    }
    expect(parseServerEnv({ ...complete, ...revenuecat })).toMatchObject(revenuecat)
    expect(() => parseServerEnv({ ...complete, ...revenuecat, REVENUECAT_WEB_KEY: '' })).toThrow(
      /REVENUECAT_WEB_KEY is missing/,
    )
    expect(() => parseServerEnv({ ...complete, ...revenuecat, REVENUECAT_WEB_KEY: 'sk_abc' })).toThrow(
      /REVENUECAT_WEB_KEY must be a public key/,
    )
    expect(() =>
      parseServerEnv({ ...complete, ...revenuecat, REVENUECAT_WEBHOOK_AUTHORIZATION: 'short' }),
    ).toThrow(/REVENUECAT_WEBHOOK_AUTHORIZATION must have 16 characters/)
  })
  it.each(['rcb_sb_abc', 'test_abc'])(
    'takes no key for trying it out where it is real, nor the other way round: %s',
    (key) => {
      const revenuecat = {
        REVENUECAT_SECRET_KEY: 'sk_abc',
        REVENUECAT_WEBHOOK_AUTHORIZATION: 'Bearer 0123456789',
        REVENUECAT_WEB_KEY: key,
      }
      expect(() => parseServerEnv({ ...complete, ...revenuecat })).toThrow(
        /REVENUECAT_WEB_KEY is for trying it out and sells nothing/,
      )
      const sandbox = { ...complete, ...revenuecat, REVENUECAT_SANDBOX: 'true' }
      expect(parseServerEnv(sandbox)).toMatchObject({ REVENUECAT_WEB_KEY: key })
      expect(() => parseServerEnv({ ...sandbox, REVENUECAT_WEB_KEY: 'rcb_abc' })).toThrow(
        /REVENUECAT_WEB_KEY takes real money/,
      )
    },
  )
  it('lets nothing stand in for RevenueCat where money moves', () => {
    const revenuecat = {
      REVENUECAT_SECRET_KEY: 'sk_abc',
      REVENUECAT_WEBHOOK_AUTHORIZATION: 'Bearer 0123456789',
      REVENUECAT_WEB_KEY: 'test_abc',
    }
    const standIn = { ...revenuecat, REVENUECAT_API_URL: 'http://127.0.0.1:54324' }
    expect(() => parseServerEnv({ ...complete, ...standIn })).toThrow(
      /REVENUECAT_API_URL goes with REVENUECAT_SANDBOX=true/,
    )
    expect(parseServerEnv({ ...complete, ...standIn, REVENUECAT_SANDBOX: 'true' })).toMatchObject({
      REVENUECAT_SANDBOX: true,
    })
    const elsewhere = {
      ...revenuecat,
      REVENUECAT_SANDBOX: 'true',
      REVENUECAT_PUBLIC_URL: 'http://localhost:1',
    }
    expect(() => parseServerEnv({ ...complete, ...elsewhere })).toThrow(
      /REVENUECAT_PUBLIC_URL goes with REVENUECAT_API_URL/,
    )
  })
  it('reads a list of push services', () => {
    const env = parseServerEnv({ ...complete, PUSH_HOSTS: 'push.example.org, *.example.net' })
    expect(env.PUSH_HOSTS).toEqual(['push.example.org', '*.example.net'])
  })
  it('asks the worker for the database too', () => {
    expect(() => parseWorkerEnv(complete)).toThrow(/SUPABASE_DB_URL must be a postgres:\/\/ address/)
  })
})

describe('publicConfigFor', () => {
  const env = parseServerEnv(complete)
  it('follows the name by which a phone came to this machine', () => {
    expect(publicConfigFor(env, 'http://192.168.1.7:3000', false).supabaseUrl).toBe(
      'http://192.168.1.7:54321',
    )
  })
  it('leaves a hosted address alone, and prefers the public one', () => {
    const hosted = parseServerEnv({ ...complete, SUPABASE_URL: 'https://abc.supabase.co' })
    expect(publicConfigFor(hosted, 'http://192.168.1.7:3000', false).supabaseUrl).toBe(
      'https://abc.supabase.co',
    )
    const behind = parseServerEnv({ ...complete, SUPABASE_PUBLIC_URL: 'https://api.sound.example' })
    expect(publicConfigFor(behind, 'https://sound.example', false).supabaseUrl).toBe(
      'https://api.sound.example',
    )
  })
  it('says whether tips are on, and whether money moves', () => {
    const payments = (STRIPE_SECRET_KEY?: string) =>
      publicConfigFor({ ...env, STRIPE_SECRET_KEY }, 'http://localhost:3000', false).payments
    expect([payments(), payments('rk_test_1'), payments('sk_live_1')]).toEqual(['off', 'test', 'live'])
  })
  it('says whether Plus is to be had, and whether the sandbox counts', () => {
    const plus = (more: Partial<typeof env>) =>
      publicConfigFor({ ...env, ...more }, 'http://localhost:3000', false).plus
    const REVENUECAT_SECRET_KEY = 'sk_abc'
    expect(plus({ REVENUECAT_SANDBOX: true })).toBe('off')
    expect(plus({ REVENUECAT_SECRET_KEY })).toBe('live')
    expect(plus({ REVENUECAT_SECRET_KEY, REVENUECAT_SANDBOX: true })).toBe('test')
  })
  it('tells no secret', () => {
    expect(JSON.stringify(publicConfigFor(env, 'http://localhost:3000', false))).not.toContain('sb_secret')
  })
})

describe('what is written for whoever sets the product up', () => {
  const example = readFileSync('.env.example', 'utf8')
  const readme = readFileSync('README.md', 'utf8')

  it.each(environmentNames)('.env.example explains %s', (name) => {
    expect(example).toMatch(new RegExp(`^# ${name}=`, 'm'))
  })

  it.each(pairs.flat())('the README says what %s turns on', (name) => {
    expect(readme).toContain(`\`${name}\``)
  })
})
