import { get } from 'node:http'
import { SignJWT } from 'jose'
import { describe, expect, inject, test } from 'vitest'
import { signInGuest } from './testing/people.ts'

const stack = inject('stack')
const rest = (headers: Record<string, string>, path = 'sessions') =>
  fetch(`${stack.url}/rest/v1/${path}`, { headers })

test('nobody comes in without an API key, or with a made-up one', async () => {
  const without = await rest({})
  expect(without.status).toBe(401)
  expect(await without.json()).toMatchObject({ message: 'No API key found in request' })
  const wrong = await rest({ apikey: 'sb_publishable_made_up' })
  expect(wrong.status).toBe(401)
  expect(await wrong.json()).toMatchObject({ message: 'Invalid API key' })
})

test('an API key in the address does as well as in a header', async () => {
  expect((await rest({}, `sessions?apikey=${stack.publishableKey}`)).status).toBe(200)
})

const encoder = new TextEncoder()
const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const inAnHour = Math.floor(Date.now() / 1000) + 3600

test.each([
  [
    'without a signature',
    async () => `${base64({ alg: 'none' })}.${base64({ role: 'service_role', exp: inAnHour })}.`,
  ],
  [
    'signed with another secret',
    () =>
      new SignJWT({ role: 'service_role' })
        .setProtectedHeader({ alg: 'HS256' })
        .sign(encoder.encode('x'.repeat(32))),
  ],
  [
    'signed with the public key taken for a secret',
    async () => {
      const { keys } = await (await fetch(`${stack.url}/auth/v1/.well-known/jwks.json`)).json()
      const secret = encoder.encode(JSON.stringify(keys[0]))
      return new SignJWT({ role: 'service_role' })
        .setProtectedHeader({ alg: 'HS256', kid: keys[0].kid })
        .sign(secret)
    },
  ],
  [
    'whose claims were changed',
    async () => {
      const [header, payload = '', signature] = (await signInGuest(stack)).accessToken.split('.')
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
      return [header, base64({ ...claims, role: 'service_role' }), signature].join('.')
    },
  ],
])('a token %s is refused', async (_name, forge) => {
  const response = await rest({ apikey: stack.publishableKey, authorization: `Bearer ${await forge()}` })
  expect(response.status).toBe(401)
})

test('browsers of any origin may call, and read what supabase-js needs', async () => {
  const preflight = await fetch(`${stack.url}/rest/v1/sessions`, {
    method: 'OPTIONS',
    headers: {
      origin: 'http://192.168.1.7:3000',
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'apikey,authorization,prefer',
    },
  })
  expect(preflight.status).toBe(204)
  expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
  expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH')
  expect(preflight.headers.get('access-control-allow-headers')).toContain('prefer')
  const answer = await rest({ apikey: stack.publishableKey, origin: 'http://192.168.1.7:3000' })
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  expect(answer.headers.get('access-control-expose-headers')).toContain('Content-Range')
})

describe('the inbox', () => {
  const read = (headers: Record<string, string>, path = '/inbox/messages') =>
    new Promise<{ status?: number; origin?: string }>((resolve, reject) => {
      get(`${stack.url}${path}`, { headers }, (response) => {
        response.resume()
        resolve({ status: response.statusCode, origin: response.headers['access-control-allow-origin'] })
      }).on('error', reject)
    })

  test('opens on this machine, and tells pages elsewhere nothing', async () => {
    expect(await read({ origin: 'https://elsewhere.example' })).toEqual({ status: 200, origin: undefined })
    expect(await read({}, '/inbox')).toMatchObject({ status: 200 })
  })

  test.each(['/inbox', '/inbox/messages'])(
    '%s stays closed to a name that only resolves to this machine',
    async (path) => {
      expect(await read({ host: 'elsewhere.example' }, path)).toMatchObject({ status: 403 })
    },
  )
})
