import { afterEach, expect, it, vi } from 'vitest'
import { parseServerEnv } from '#lib/env/server.ts'
import { signInWays } from './sign-in-ways.ts'

const env = parseServerEnv({
  SUPABASE_URL: 'http://supabase.test',
  SUPABASE_PUBLISHABLE_KEY: 'k',
  SUPABASE_SECRET_KEY: 's',
})
afterEach(() => vi.unstubAllGlobals())

it('says what Supabase Auth says, and asks again after a minute', async () => {
  let external: Record<string, boolean> = { anonymous_users: true, phone: true, google: true, keycloak: true }
  const fetched = vi.fn(async () => Response.json({ external }))
  vi.stubGlobal('fetch', fetched)
  const ways = { guest: true, phone: true, email: false, providers: ['google'] }
  expect(await signInWays(env, () => 0)).toEqual(ways)
  external = {}
  expect(await signInWays(env, () => 59_000)).toEqual(ways)
  expect(await signInWays(env, () => 61_000)).toMatchObject({ guest: false, providers: [] })
  expect(fetched).toHaveBeenCalledTimes(2)
})

it('says so where nobody answers', async () => {
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('fetch failed')
  })
  await expect(signInWays(env, () => 1e9)).rejects.toMatchObject({ code: 'unavailable' })
})
