import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AuthApiError, AuthRetryableFetchError } from '@supabase/supabase-js'
import { exportJWK, generateKeyPair, type JWK, SignJWT, UnsecuredJWT } from 'jose'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Db } from './clients.ts'
import { createReadVerifiedClaims } from './verified-claims.ts'

const ana = '0b8e2a52-5f0a-4a39-9d3c-3f2f6f1f5a01'
const expiresIn = (seconds: number) => Math.floor(Date.now() / 1000) + seconds
const exp = expiresIn(3_600)
const secret = Buffer.from('a secret of the project, 32 bytes or more')

afterEach(() => {
  vi.restoreAllMocks()
})

async function aKey(kid: string, alg = 'ES256') {
  const { privateKey, publicKey } = await generateKeyPair(alg)
  const jwk: JWK = { ...(await exportJWK(publicKey)), kid, alg, use: 'sig', key_ops: ['verify'] }
  const sign = (claims = {}, header = {}) =>
    new SignJWT({ sub: ana, exp, ...claims }).setProtectedHeader({ alg, kid, ...header }).sign(privateKey)
  return { jwk, sign }
}

/** Auth of a project that publishes these keys, and knows by itself what a token is worth. */
async function anAuth(...keys: JWK[]) {
  const published = { keys, isAway: false, fetches: 0 }
  const server = createServer((request, response) => {
    published.fetches++
    const isFound = request.url === '/auth/v1/.well-known/jwks.json' && !published.isAway
    response.writeHead(isFound ? 200 : 503).end(JSON.stringify({ keys: published.keys }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const getUser = vi.fn(async (_token: string) => answer)
  let answer: unknown = { data: { user: null }, error: new AuthApiError('no', 403, 'bad_jwt') }
  const read = createReadVerifiedClaims({
    supabaseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    auth: { getUser } as unknown as Db['auth'],
    now: Date.now,
  })
  const answerWith = (error: Error | null) => {
    answer = { data: { user: error ? null : { id: ana } }, error }
  }
  return { read, published, getUser, answerWith }
}

describe('createReadVerifiedClaims', () => {
  it.each(['ES256', 'RS256'])('fetches and imports a key once: %s', async (alg) => {
    const key = await aKey('one', alg)
    const { read, published, getUser } = await anAuth(key.jwk)
    const imports = vi.spyOn(crypto.subtle, 'importKey')
    const tokens = await Promise.all([1, 2, 3].map((n) => key.sign({ n })))
    expect(await Promise.all(tokens.map(read))).toEqual(Array(3).fill({ sub: ana, exp, is_anonymous: false }))
    await read(await key.sign())
    expect(published.fetches).toBe(1)
    expect(imports).toHaveBeenCalledTimes(1)
    expect(getUser).not.toHaveBeenCalled()
  })

  it('fetches the keys again for an id that is new, and not for every one', async () => {
    const [old, fresh, unknown] = await Promise.all([aKey('old'), aKey('fresh'), aKey('unknown')])
    const { read, published } = await anAuth(old.jwk)
    await read(await old.sign())
    published.keys = [fresh.jwk]
    const now = Date.now()
    const clock = vi.spyOn(Date, 'now').mockReturnValue(now + 31_000)
    expect(await read(await fresh.sign())).toEqual({ sub: ana, exp, is_anonymous: false })
    expect(published.fetches).toBe(2)
    await expect(read(await old.sign())).rejects.toMatchObject({ code: 'not_signed_in' })
    for (let count = 0; count < 5; count++) {
      await expect(read(await unknown.sign())).rejects.toMatchObject({ code: 'not_signed_in' })
    }
    expect(published.fetches).toBe(2)
    clock.mockReturnValue(now + 62_000)
    await expect(read(await unknown.sign())).rejects.toMatchObject({ code: 'not_signed_in' })
    expect(published.fetches).toBe(3)
  })

  it('asks Auth about what the published keys cannot tell, and fetches none for a shared secret', async () => {
    const [known, unknown] = await Promise.all([aKey('known'), aKey('unknown')])
    const { read, published, getUser, answerWith } = await anAuth(known.jwk)
    answerWith(null)
    const shared = await new SignJWT({ sub: ana, exp }).setProtectedHeader({ alg: 'HS256' }).sign(secret)
    expect(await read(shared)).toEqual({ sub: ana, exp, is_anonymous: false })
    expect(published.fetches).toBe(0)
    const rotated = await unknown.sign()
    expect(await read(rotated)).toEqual({ sub: ana, exp, is_anonymous: false })
    expect(getUser.mock.calls).toEqual([[shared], [rotated]])
  })

  it('believes no token that is forged, over, or nobody’s', async () => {
    const [key, other] = await Promise.all([aKey('one'), aKey('one')])
    const { read, getUser } = await anAuth(key.jwk)
    const [head, , signature] = (await key.sign()).split('.')
    const raised = Buffer.from(JSON.stringify({ sub: ana, exp: exp + 1 })).toString('base64url')
    const publicKeyAsSecret = Buffer.from(JSON.stringify(key.jwk))
    const refused = [
      await other.sign(),
      `${head}.${raised}.${signature}`,
      await key.sign({ exp: expiresIn(-1) }),
      await key.sign({ nbf: expiresIn(60) }),
      await key.sign({ sub: 'x' }),
      await key.sign({ exp: undefined }),
      'nonsense',
    ]
    for (const token of refused) await expect(read(token)).rejects.toMatchObject({ code: 'not_signed_in' })
    expect(getUser).not.toHaveBeenCalled()
    const asked = [
      new UnsecuredJWT({ sub: ana, exp }).encode(),
      await new SignJWT({ sub: ana, exp })
        .setProtectedHeader({ alg: 'HS256', kid: 'one' })
        .sign(publicKeyAsSecret),
    ]
    for (const token of asked) await expect(read(token)).rejects.toMatchObject({ code: 'not_signed_in' })
    expect(getUser.mock.calls.flat()).toEqual(asked)
  })

  it('says when Auth cannot be reached, and asks again the next time', async () => {
    const key = await aKey('one')
    const { read, published, answerWith } = await anAuth(key.jwk)
    const shared = await new SignJWT({ sub: ana, exp }).setProtectedHeader({ alg: 'HS256' }).sign(secret)
    published.isAway = true
    answerWith(new AuthRetryableFetchError('away', 503))
    for (const token of [await key.sign(), shared]) {
      await expect(read(token)).rejects.toMatchObject({ code: 'unavailable' })
    }
    published.isAway = false
    answerWith(null)
    for (const token of [await key.sign(), shared])
      expect(await read(token)).toEqual({ sub: ana, exp, is_anonymous: false })
  })
})
