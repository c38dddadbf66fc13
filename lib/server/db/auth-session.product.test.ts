import { createServerClient } from '@supabase/ssr'
import { exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT, UnsecuredJWT } from 'jose'
import { NextRequest, NextResponse } from 'next/server'
import { beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { authCookieName } from '#lib/protocol/public-config.ts'
import type { Db } from './clients.ts'
import { identify } from './person.ts'
import { personDb } from './person-db.ts'
import { renewAuthSession } from './renew-auth-session.ts'
import { sharedAccess } from './shared-access.ts'

type Jar = Map<string, string>

/** The request that Next's own functions tell of, and what was set of its cookies. */
const current = vi.hoisted(() => ({ headers: new Headers(), jar: new Map(), set: vi.fn() }))
vi.mock('server-only', () => ({}))
vi.mock('next/headers', () => ({
  headers: async () => current.headers,
  cookies: async () => ({
    getAll: () => [...current.jar].map(([name, value]) => ({ name, value })),
    set: current.set,
  }),
}))

function clientOf(jar: Jar): Db {
  const { url, publishableKey } = inject('supabase')
  return createServerClient(url, publishableKey, {
    cookieOptions: { name: authCookieName },
    cookies: {
      getAll: () => [...jar].map(([name, value]) => ({ name, value })),
      setAll: (cookies) => {
        for (const { name, value } of cookies) jar.set(name, value)
      },
    },
  })
}

const who = (jar: Jar) => identify(clientOf(jar), sharedAccess().verify)

async function signedIn(): Promise<{ jar: Jar; userId: string }> {
  const jar: Jar = new Map()
  const { data, error } = await clientOf(jar).auth.signInAnonymously({
    options: { data: { display_name: 'Ana' } },
  })
  if (error || !data.user) throw error ?? new Error('Nobody was signed in.')
  return { jar, userId: data.user.id }
}

/** The session in a cookie jar, changed. */
function withSession(jar: Jar, change: (session: Record<string, unknown>) => void): Jar {
  const value = [...jar].map(([, part]) => part).join('')
  const session = JSON.parse(Buffer.from(value.replace('base64-', ''), 'base64url').toString())
  change(session)
  return new Map([[authCookieName, `base64-${Buffer.from(JSON.stringify(session)).toString('base64url')}`]])
}

const ranOut = (jar: Jar) =>
  withSession(jar, (session) => {
    session.expires_at = Math.floor(Date.now() / 1000) - 60
  })

function requestWith(jar: Jar, protocol = 'http'): NextRequest {
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  return new NextRequest('http://app.test/', { headers: { cookie, 'x-forwarded-proto': protocol } })
}

beforeAll(() => {
  const { url, publishableKey, secretKey } = inject('supabase')
  vi.stubEnv('SUPABASE_URL', url)
  vi.stubEnv('SUPABASE_PUBLISHABLE_KEY', publishableKey)
  vi.stubEnv('SUPABASE_SECRET_KEY', secretKey)
})

describe('renewAuthSession', () => {
  it('leaves a fresh session, and nobody’s, alone', async () => {
    for (const jar of [(await signedIn()).jar, new Map() as Jar]) {
      const response = NextResponse.next()
      ;(await renewAuthSession(requestWith(jar)))(response)
      expect(response.cookies.getAll()).toEqual([])
    }
  })

  it('renews one that ran out, for what follows and for the browser, past every cache', async () => {
    const { jar, userId } = await signedIn()
    const request = requestWith(ranOut(jar))
    const before = request.cookies.get(authCookieName)?.value
    const response = NextResponse.next()
    ;(await renewAuthSession(request))(response)
    expect(request.cookies.get(authCookieName)?.value).not.toBe(before)
    expect(response.headers.get('cache-control')).toContain('no-store')
    const renewed: Jar = new Map(response.cookies.getAll().map(({ name, value }) => [name, value]))
    expect(await who(renewed)).toEqual({ userId, isGuest: true })
  })
})

describe.each([
  ['http', false],
  ['https', true],
])('over %s', (protocol, isSecure) => {
  it('the proxy renews with a cookie that is as safe as the connection', async () => {
    const response = NextResponse.next()
    ;(await renewAuthSession(requestWith(ranOut((await signedIn()).jar), protocol)))(response)
    expect(response.cookies.get(authCookieName)?.secure ?? false).toBe(isSecure)
  })

  it('so does a route that the proxy leaves out', async () => {
    current.jar = ranOut((await signedIn()).jar)
    current.headers = new Headers({ host: 'app.test', 'x-forwarded-proto': protocol })
    current.set.mockClear()
    await (await personDb()).auth.getSession()
    expect(current.set).toHaveBeenCalledWith(
      authCookieName,
      expect.any(String),
      expect.objectContaining({ secure: isSecure }),
    )
  })
})

describe('identify', () => {
  it('knows who signed in', async () => {
    const { jar, userId } = await signedIn()
    expect(await who(jar)).toEqual({ userId, isGuest: true })
    expect(await who(new Map())).toBeNull()
  })

  it('believes no token that is forged (attack 53)', async () => {
    const { jar, userId } = await signedIn()
    const claims = { sub: userId, role: 'authenticated', is_anonymous: false }
    const { privateKey, publicKey } = await generateKeyPair('ES256')
    const signed = (header: JWTHeaderParameters, key: Parameters<SignJWT['sign']>[0]) =>
      new SignJWT(claims).setExpirationTime('1h').setProtectedHeader(header).sign(key)
    const forged = [
      new UnsecuredJWT(claims).setExpirationTime('1h').encode(),
      await signed({ alg: 'ES256', kid: 'another' }, privateKey),
      await signed({ alg: 'ES256', jwk: await exportJWK(publicKey) }, privateKey),
      await signed({ alg: 'HS256' }, Buffer.from(inject('supabase').publishableKey)),
    ]
    for (const token of forged) {
      const stolen = withSession(jar, (session) => {
        session.access_token = token
      })
      expect(await who(stolen)).toBeNull()
    }
  })

  it('believes no token whose claims were changed', async () => {
    const { jar } = await signedIn()
    const changed = withSession(jar, (session) => {
      const [head, body, signature] = String(session.access_token).split('.')
      const claims = JSON.parse(Buffer.from(body ?? '', 'base64url').toString())
      const raised = Buffer.from(JSON.stringify({ ...claims, is_anonymous: false })).toString('base64url')
      session.access_token = `${head}.${raised}.${signature}`
    })
    expect(await who(changed)).toBeNull()
  })
})
