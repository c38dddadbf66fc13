import { expect, it } from 'vitest'
import { parseFunctionEnv } from './function.ts'

const SUPABASE_URL = 'https://abc.supabase.co'

it('takes the keys that a project has now before those that it had once', () => {
  const legacy = { SUPABASE_URL, SUPABASE_ANON_KEY: 'ey-anon', SUPABASE_SERVICE_ROLE_KEY: 'ey-service' }
  const now = {
    SUPABASE_PUBLISHABLE_KEYS: '{"default":"sb_publishable_x"}',
    SUPABASE_SECRET_KEYS: '{"default":"sb_secret_x","other":"sb_secret_y"}',
  }
  expect(parseFunctionEnv(legacy)).toMatchObject({
    SUPABASE_PUBLISHABLE_KEY: 'ey-anon',
    SUPABASE_SECRET_KEY: 'ey-service',
  })
  expect(parseFunctionEnv({ ...legacy, ...now })).toMatchObject({
    SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_x',
    SUPABASE_SECRET_KEY: 'sb_secret_x',
  })
})

it('names what is missing, also where there is no default key', () => {
  expect(() => parseFunctionEnv({ SUPABASE_URL, SUPABASE_SECRET_KEYS: '{}' })).toThrow(
    /SUPABASE_SECRET_KEY is missing/,
  )
})

it('takes no secret that could be guessed', () => {
  const keys = { SUPABASE_URL, SUPABASE_ANON_KEY: 'ey-anon', SUPABASE_SERVICE_ROLE_KEY: 'ey-service' }
  expect(() => parseFunctionEnv({ ...keys, TRIGGER_SECRET: 'x'.repeat(31) })).toThrow(
    /TRIGGER_SECRET must have 32 characters/,
  )
})
