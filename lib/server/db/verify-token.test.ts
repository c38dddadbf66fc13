import { describe, expect, it, vi } from 'vitest'
import { CodedError } from '#lib/protocol/errors.ts'
import { rememberVerified } from './verify-token.ts'

const ana = '0b8e2a52-5f0a-4a39-9d3c-3f2f6f1f5a01'

function rememberOf(rememberedMax?: number) {
  const readClaims = vi.fn(async (_token: string) => ({ sub: ana, exp: 60, is_anonymous: true }))
  const clock = { now: 0 }
  return { verify: rememberVerified(readClaims, () => clock.now, rememberedMax), readClaims, clock }
}

describe('rememberVerified', () => {
  it('reads a token once until it ends', async () => {
    const { verify, readClaims, clock } = rememberOf()
    expect(await verify('t')).toEqual({ userId: ana, isGuest: true, expiresAtInMs: 60_000 })
    clock.now = 59_999
    await verify('t')
    expect(readClaims).toHaveBeenCalledTimes(1)
    clock.now = 60_000
    await verify('t')
    expect(readClaims).toHaveBeenCalledTimes(2)
  })

  it('forgets what was not used for longest', async () => {
    const { verify, readClaims } = rememberOf(2)
    for (const token of ['a', 'b', 'a', 'c', 'a', 'b']) await verify(token)
    expect(readClaims.mock.calls.flat()).toEqual(['a', 'b', 'c', 'b'])
  })

  it('remembers no refusal', async () => {
    const { verify, readClaims } = rememberOf()
    readClaims.mockRejectedValueOnce(new CodedError('unavailable'))
    await expect(verify('t')).rejects.toMatchObject({ code: 'unavailable' })
    expect(await verify('t')).toMatchObject({ userId: ana })
  })
})
