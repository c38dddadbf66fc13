import { expect, it } from 'vitest'
import { parseServerEnv } from '#lib/env/server.ts'
import { requireTriggerSecret } from './require-trigger-secret.ts'

const env = parseServerEnv({
  SUPABASE_URL: 'http://127.0.0.1:54321',
  SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_x',
  SUPABASE_SECRET_KEY: 'sb_secret_x',
  TRIGGER_SECRET: 'x'.repeat(32),
})
const attempt = (authorization?: string, here = env) => {
  const headers: HeadersInit = authorization === undefined ? {} : { authorization }
  return () => requireTriggerSecret(new Request('http://app.test', { method: 'POST', headers }), here)
}

it('lets the secret through, and nothing that looks like it', () => {
  const secret = 'x'.repeat(32)
  attempt(`Bearer ${secret}`)()
  for (const other of [
    undefined,
    '',
    secret,
    'Bearer ',
    `Bearer ${secret}x`,
    `bearer ${secret}`,
    'Bearer undefined',
  ])
    expect(attempt(other)).toThrow(expect.objectContaining({ code: 'not_allowed', field: 'authorization' }))
})

it('lets nobody through where no secret is set, and says what to set', () => {
  const refusal = expect.objectContaining({ code: 'not_configured', field: 'TRIGGER_SECRET' })
  for (const any of ['Bearer undefined', 'Bearer ', undefined])
    expect(attempt(any, { ...env, TRIGGER_SECRET: undefined })).toThrow(refusal)
})
