import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { createChunks } from '@supabase/ssr'
import pino from 'pino'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { CodedError } from '#lib/protocol/errors.ts'
import { authCookieName } from '#lib/protocol/public-config.ts'
import type { Db } from '../db/clients.ts'
import { createDefineRoute } from './create-define-route.ts'
import { createDefineSessionRoute } from './create-define-session-route.ts'
import { createServeSessions } from './create-serve-sessions.ts'
import type { SessionRoute } from './session-route.ts'

const ana = '0b8e2a52-5f0a-4a39-9d3c-3f2f6f1f5a01'
const sessionId = crypto.randomUUID()
const run = vi.fn<SessionRoute['run']>(async () => ({ seq: 7 }))
const say = { body: z.strictObject({ text: z.string() }), run }
const look = { body: null, run }
const verify = async (token: string) => {
  if (token !== 'valid') throw new CodedError('not_signed_in')
  return { userId: ana, isGuest: false, expiresAtInMs: Number.POSITIVE_INFINITY }
}
const log = pino({ level: 'silent' })
/** Only to be told by whom it acts. */
const dbOf = (accessToken: string) => ({ accessToken }) as unknown as Db

type Ask = { method?: string; path?: string; token?: string | null; body?: string; headers?: HeadersInit }

const serve = createServeSessions({
  routes: { 'POST say': say, 'GET look': look },
  verify,
  actAs: dbOf,
  log,
})
/** Stands for Next: says what it was left, body and all. */
const server = createServer(async (request, response) => {
  if (!(await serve(request, response))) response.writeHead(299).end(await text(request))
})
await once(server.listen(0, '127.0.0.1'), 'listening')
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

const cookieOf = (token: string): string =>
  createChunks(authCookieName, JSON.stringify({ access_token: token }))
    .map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)
    .join('; ')

function requestOf({ method = 'POST', path, token = 'valid', body, headers }: Ask): Request {
  const url = `${origin}/api/sessions/${path ?? `${sessionId}/${method === 'GET' ? 'look' : 'say'}`}`
  return new Request(url, {
    method,
    ...(method === 'POST' && { body: body ?? '{"text":"hola"}' }),
    headers: {
      host: new URL(origin).host,
      ...(method === 'POST' && { origin, 'content-type': 'application/json' }),
      ...(token && { cookie: cookieOf(token) }),
      ...headers,
    },
  })
}

const onNode = (ask: Ask): Promise<Response> => fetch(requestOf(ask))

function onNext(ask: Ask): Promise<Response> {
  const request = requestOf(ask)
  const [, id] = /sessions\/([^/]+)\//.exec(request.url) ?? []
  const session = ask.token === null ? null : { access_token: ask.token ?? 'valid' }
  const define = createDefineSessionRoute(
    createDefineRoute({
      openDb: async () =>
        ({
          accessToken: session?.access_token,
          auth: { getSession: async () => ({ data: { session } }) },
        }) as unknown as Db,
      verify,
      log,
    }),
  )
  const handle = request.method === 'GET' ? define(look) : define(say)
  return handle(request, { params: Promise.resolve({ id }) })
}

const codeOf = async (response: Response): Promise<string> => (await response.json()).error.code

afterEach(() => {
  vi.clearAllMocks()
})

describe.each([
  ['on bare node:http', onNode],
  ['as a route handler', onNext],
])('a session’s route %s', (_form, ask) => {
  it('carries out what is asked as the person, and answers', async () => {
    const response = await ask({})
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(await response.json()).toEqual({ seq: 7 })
    const db = expect.objectContaining({ accessToken: 'valid' })
    expect(run).toHaveBeenCalledExactlyOnceWith({ userId: ana, db }, sessionId, { text: 'hola' })
  })

  it('lets what changes nothing do without an origin and a body', async () => {
    const response = await ask({ method: 'GET' })
    expect(await response.json()).toEqual({ seq: 7 })
    expect(run).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ userId: ana }),
      sessionId,
      undefined,
    )
  })

  it.each([
    ['of another origin', { headers: { origin: 'https://elsewhere.example' } }, 403, 'bad_origin'],
    ['that is no JSON', { body: '{' }, 400, 'invalid_input'],
    ['that says to be a form', { headers: { 'content-type': 'text/plain' } }, 400, 'invalid_input'],
    ['of another shape', { body: '{"text":1}' }, 400, 'invalid_input'],
    ['that is too large', { body: JSON.stringify({ text: 'x'.repeat(20_000) }) }, 413, 'too_large'],
    ['of no session', { path: 'nonsense/say' }, 400, 'invalid_input'],
  ])('refuses what is %s', async (_what, asked, status, code) => {
    const response = await ask(asked)
    expect(response.status).toBe(status)
    expect(await codeOf(response)).toBe(code)
    expect(run).not.toHaveBeenCalled()
  })

  it('tells a refusal, and when to come back', async () => {
    run.mockRejectedValueOnce(new CodedError('crowded', { retryAfterInMs: 1500 }))
    const response = await ask({})
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('2')
    expect(await response.json()).toEqual({ error: { code: 'crowded', retryAfterInMs: 1500 } })
  })

  it('keeps the cause of a failure inside', async () => {
    run.mockRejectedValueOnce(new Error('password=hunter2'))
    const response = await ask({ method: 'GET' })
    expect(response.status).toBe(500)
    expect(await response.text()).toBe('{"error":{"code":"internal"}}')
  })
})

describe('whoever brings no valid token', () => {
  it.each([
    ['none', null],
    ['one that is not valid any more', 'expired'],
  ])('but %s is left to the route handler, untouched, which refuses', async (_what, token) => {
    const left = await onNode({ token })
    expect(left.status).toBe(299)
    expect(await left.json()).toEqual({ text: 'hola' })
    const refused = await onNext({ token })
    expect(refused.status).toBe(401)
    expect(await codeOf(refused)).toBe('not_signed_in')
    expect(run).not.toHaveBeenCalled()
  })
})

it.each([
  ['POST', `${sessionId}/look`],
  ['GET', `${sessionId}/say`],
  ['GET', `${sessionId}/look?x=1`],
  ['GET', `${sessionId}/constructor`],
])('leaves %s %s alone', async (method, path) => {
  expect((await onNode({ method, path })).status).toBe(299)
})
