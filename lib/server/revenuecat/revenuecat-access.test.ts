import { expect, test } from 'vitest'
import { parseServerEnv } from '#lib/env/server.ts'
import { createRevenueCatAccess, shopOn } from './revenuecat-access.ts'

const env = parseServerEnv({
  SUPABASE_URL: 'http://127.0.0.1:54321',
  SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_x',
  SUPABASE_SECRET_KEY: 'sb_secret_x',
  REVENUECAT_SECRET_KEY: 'sk_abc',
  REVENUECAT_WEBHOOK_AUTHORIZATION: 'Bearer 0123456789',
  REVENUECAT_WEB_KEY: 'rcb_abc',
})
const off = { ...env, REVENUECAT_WEB_KEY: undefined }

test('server and browser ask RevenueCat itself, or each what stands in for it where they reach it', () => {
  const addresses = (more: Partial<typeof env>) => {
    const { apiUrl, publicApiUrl } = createRevenueCatAccess({ ...env, ...more }) ?? {}
    return [apiUrl, publicApiUrl]
  }
  const itself = 'https://api.revenuecat.com'
  expect(addresses({})).toEqual([itself, itself])
  const REVENUECAT_API_URL = 'http://127.0.0.1:54324'
  expect(addresses({ REVENUECAT_API_URL })).toEqual([REVENUECAT_API_URL, REVENUECAT_API_URL])
  const REVENUECAT_PUBLIC_URL = 'http://192.168.1.7:54324'
  expect(addresses({ REVENUECAT_API_URL, REVENUECAT_PUBLIC_URL })).toEqual([
    REVENUECAT_API_URL,
    REVENUECAT_PUBLIC_URL,
  ])
  expect(createRevenueCatAccess(off)).toBeNull()
})

test('one page sells, where Plus is sold at all', () => {
  expect(shopOn('/plus', env)).toBe('https://api.revenuecat.com')
  for (const pathname of ['/', '/account', '/plus/more', '/s/plus', '/api/me/plan'])
    expect(shopOn(pathname, env)).toBeNull()
  expect(shopOn('/plus', off)).toBeNull()
})
