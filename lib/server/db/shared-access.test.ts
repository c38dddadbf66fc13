import { afterEach, expect, it, vi } from 'vitest'

afterEach(() => {
  vi.unstubAllEnvs()
})

it('is one for every copy of the module', async () => {
  vi.stubEnv('SUPABASE_URL', 'http://supabase.test')
  vi.stubEnv('SUPABASE_PUBLISHABLE_KEY', 'publishable')
  vi.stubEnv('SUPABASE_SECRET_KEY', 'secret')
  const mine = await import('./shared-access.ts')
  vi.resetModules()
  const bundled = await import('./shared-access.ts')
  expect(bundled.sharedAccess).not.toBe(mine.sharedAccess)
  expect(bundled.sharedAccess()).toBe(mine.sharedAccess())
})
