import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { CodedError, errorBodySchema } from '#lib/protocol/errors.ts'
import type { Db } from '../db/clients.ts'
import { createDefineRoute } from './create-define-route.ts'

const ana = '0b8e2a52-5f0a-4a39-9d3c-3f2f6f1f5a01'

/** Only what the wrapper asks of a client: the token that came along. */
function dbWith(accessToken: string | null): Db {
  const session = accessToken === null ? null : { access_token: accessToken }
  const auth = { getSession: async () => ({ data: { session }, error: null }) }
  return { auth } as unknown as Db
}

function routesFor(accessToken: string | null) {
  return createDefineRoute({
    openDb: async () => dbWith(accessToken),
    verify: async (token) => {
      if (token !== 'valid') throw new CodedError('not_signed_in')
      return { userId: ana, isGuest: true, expiresAtInMs: Number.POSITIVE_INFINITY }
    },
    log: pino({ level: 'silent' }),
  })
}

const context = { params: Promise.resolve({}) }

function post(body: string | ReadableStream, headers: Record<string, string> = {}): Request {
  return new Request('http://app.test/api/things?page=2', {
    method: 'POST',
    body,
    headers: { host: 'app.test', origin: 'http://app.test', 'content-type': 'application/json', ...headers },
    ...(typeof body === 'string' ? {} : { duplex: 'half' }),
  } as RequestInit)
}

async function codeOf(response: Response): Promise<string> {
  return errorBodySchema.parse(await response.json()).error.code
}

describe('defineRoute', () => {
  const echo = routesFor('valid')({
    access: 'signed_in',
    query: z.object({ page: z.coerce.number() }),
    body: z.strictObject({ text: z.string().max(5) }),
    maxBodyBytes: 100,
    handle: ({ person, query, body }) => ({ person, query, body }),
  })

  it('hands over who calls and what was parsed', async () => {
    const response = await echo(post('{"text":"hola"}'), context)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      person: { userId: ana, isGuest: true },
      query: { page: 2 },
      body: { text: 'hola' },
    })
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  it.each([
    ['another site', { origin: 'http://evil.test' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['the same name on another port', { origin: 'http://app.test:8080' }],
  ])('refuses a change that %s asks for', async (_who, headers) => {
    const response = await echo(post('{"text":"hola"}', headers), context)
    expect(response.status).toBe(403)
    expect(await codeOf(response)).toBe('bad_origin')
  })

  it('refuses a change without an origin', async () => {
    const request = post('{"text":"hola"}')
    request.headers.delete('origin')
    expect(await codeOf(await echo(request, context))).toBe('bad_origin')
  })

  it('lets a form not pass for JSON', async () => {
    const response = await echo(post('{"text":"hola"}', { 'content-type': 'text/plain' }), context)
    expect(await codeOf(response)).toBe('invalid_input')
  })

  it('names the field that is wrong', async () => {
    const response = await echo(post('{"text":"too long"}'), context)
    expect(await response.json()).toEqual({ error: { code: 'invalid_input', field: 'text' } })
  })

  it('counts what arrives, whatever the header says', async () => {
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(64)) })
    const response = await echo(post(endless), context)
    expect(response.status).toBe(413)
    expect(await codeOf(response)).toBe('too_large')
  })

  it('asks for a session where one is needed', async () => {
    const closed = routesFor(null)({ access: 'signed_in', handle: () => 'secret' })
    const open = routesFor(null)({ access: 'anyone', handle: ({ person }) => ({ person }) })
    const forged = routesFor('forged')({ access: 'signed_in', handle: () => 'secret' })
    expect(await codeOf(await closed(new Request('http://app.test/'), context))).toBe('not_signed_in')
    expect(await codeOf(await forged(new Request('http://app.test/'), context))).toBe('not_signed_in')
    expect(await (await open(new Request('http://app.test/'), context)).json()).toEqual({ person: null })
  })

  it('answers a refusal with its code, status and time to wait', async () => {
    const busy = routesFor(null)({
      access: 'anyone',
      handle: () => {
        throw new CodedError('rate_limited', { retryAfterInMs: 1200 })
      },
    })
    const response = await busy(new Request('http://app.test/'), context)
    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe('2')
    expect(await response.json()).toEqual({ error: { code: 'rate_limited', retryAfterInMs: 1200 } })
  })

  it('keeps the cause of a failure inside', async () => {
    const broken = routesFor(null)({
      access: 'anyone',
      handle: () => {
        throw new Error('password=hunter2')
      },
    })
    const response = await broken(new Request('http://app.test/'), context)
    expect(response.status).toBe(500)
    expect(await response.text()).toBe('{"error":{"code":"internal"}}')
  })
})
