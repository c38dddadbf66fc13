import { createChunks } from '@supabase/ssr'
import { describe, expect, it } from 'vitest'
import { authCookieName } from '#lib/protocol/public-config.ts'
import { accessTokenOf } from './access-token.ts'

const token = `aaa.${'b'.repeat(200)}.c-_c`

/** The `Cookie` header of a browser whose auth session @supabase/ssr keeps. */
function cookieOf(session: unknown, chunkSize?: number): string {
  const value = `base64-${Buffer.from(JSON.stringify(session)).toString('base64url')}`
  const chunks = createChunks(authCookieName, value, chunkSize)
  return ['locale=es', ...chunks.map((chunk) => `${chunk.name}=${chunk.value}`)].join('; ')
}

describe('accessTokenOf', () => {
  it('reads the auth cookie, whole and in chunks', async () => {
    const session = { access_token: token, refresh_token: 'r', user: { name: 'Año' } }
    const chunked = cookieOf(session, 100)
    expect(chunked).toContain(`${authCookieName}.2=`)
    expect(await accessTokenOf({ cookie: cookieOf(session) })).toBe(token)
    expect(await accessTokenOf({ cookie: chunked })).toBe(token)
  })

  it('prefers what the request says of itself', async () => {
    const cookie = cookieOf({ access_token: 'another' })
    expect(await accessTokenOf({ authorization: `Bearer ${token}`, cookie })).toBe(token)
    expect(await accessTokenOf({ authorization: `bearer ${token}` })).toBe(token)
  })

  it.each([
    ['nothing', {}],
    ['another scheme', { authorization: 'Basic dXNlcjpwYXNz' }],
    ['no token', { authorization: 'Bearer ' }],
    ['what is no JSON', { cookie: `${authCookieName}=base64-e30x` }],
    ['an empty session', { cookie: cookieOf({}) }],
    ['a token that is none', { cookie: cookieOf({ access_token: { toString: 'x' } }) }],
    ['another cookie', { cookie: `${authCookieName}-x=1` }],
  ])('finds none in %s', async (_what, credentials) => {
    expect(await accessTokenOf(credentials)).toBeNull()
  })
})
