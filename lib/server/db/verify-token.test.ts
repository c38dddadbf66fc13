import { AuthInvalidJwtError, AuthRetryableFetchError } from '@supabase/supabase-js'
import { describe, expect, it, vi } from 'vitest'
import type { Db } from './clients.ts'
import { createTokenVerifier } from './verify-token.ts'

const ana = '0b8e2a52-5f0a-4a39-9d3c-3f2f6f1f5a01'

function verifierOf(answer: (token: string) => unknown, rememberedMax?: number) {
  const getClaims = vi.fn(async (token: string) => answer(token))
  const auth = { getClaims } as unknown as Db['auth']
  const clock = { now: 0 }
  const verify = createTokenVerifier({ auth, now: () => clock.now, ...(rememberedMax && { rememberedMax }) })
  return { verify, getClaims, clock }
}

const good = () => ({ data: { claims: { sub: ana, exp: 60 } }, error: null })

describe('createTokenVerifier', () => {
  it('asks once for a token until it ends', async () => {
    const { verify, getClaims, clock } = verifierOf(good)
    expect(await verify('t')).toEqual({ userId: ana, expiresAtInMs: 60_000 })
    clock.now = 59_999
    await verify('t')
    expect(getClaims).toHaveBeenCalledTimes(1)
    clock.now = 60_000
    await verify('t')
    expect(getClaims).toHaveBeenCalledTimes(2)
  })

  it('forgets what was not used for longest', async () => {
    const { verify, getClaims } = verifierOf(good, 2)
    for (const token of ['a', 'b', 'a', 'c', 'a', 'b']) await verify(token)
    expect(getClaims.mock.calls.flat()).toEqual(['a', 'b', 'c', 'b'])
  })

  it.each([
    ['a wrong signature', { data: null, error: new AuthInvalidJwtError('no') }, 'not_signed_in'],
    [
      'a subject that is no person',
      { data: { claims: { sub: 'x', exp: 60 } }, error: null },
      'not_signed_in',
    ],
    ['an Auth that is away', { data: null, error: new AuthRetryableFetchError('away', 503) }, 'unavailable'],
  ])('refuses %s, and asks again the next time', async (_what, answer, code) => {
    const { verify, getClaims } = verifierOf(() => answer)
    await expect(verify('t')).rejects.toMatchObject({ code })
    await expect(verify('t')).rejects.toMatchObject({ code })
    expect(getClaims).toHaveBeenCalledTimes(2)
  })
})
