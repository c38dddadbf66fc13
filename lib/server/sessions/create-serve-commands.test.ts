import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { createChunks } from '@supabase/ssr'
import pino from 'pino'
import { afterEach, expect, it, vi } from 'vitest'
import { CodedError } from '#lib/protocol/errors.ts'
import { authCookieName } from '#lib/protocol/public-config.ts'
import { createServeCommands } from './create-serve-commands.ts'

const sessionId = crypto.randomUUID()
const command = { kind: 'chat.send', commandId: crypto.randomUUID(), text: 'hola' } as const
const run = vi.fn(async () => ({ commandId: command.commandId, seq: 7 }))
const serve = createServeCommands({
  verify: async (token) => {
    if (token !== 'valid') throw new CodedError('not_signed_in')
    return { userId: 'somebody', isGuest: false, expiresAtInMs: Number.POSITIVE_INFINITY }
  },
  run,
  log: pino({ level: 'silent' }),
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

const post = (
  body: string,
  headers: Record<string, string> = {},
  path = `/api/sessions/${sessionId}/commands`,
) =>
  fetch(`${origin}${path}`, {
    method: 'POST',
    body,
    headers: { origin, cookie: cookieOf('valid'), 'content-type': 'application/json', ...headers },
  })

const codeOf = async (response: Response): Promise<string> => (await response.json()).error.code

afterEach(() => vi.clearAllMocks())

it('carries a command out as the person and acknowledges it', async () => {
  const response = await post(JSON.stringify(command))
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  expect(await response.json()).toEqual({ commandId: command.commandId, seq: 7 })
  expect(run).toHaveBeenCalledExactlyOnceWith('valid', 'somebody', sessionId, command)
})

it.each([
  ['without a cookie', { cookie: '' }],
  ['with a token that is not valid any more', { cookie: cookieOf('expired') }],
])('leaves a request %s to Next, untouched', async (_what, headers) => {
  const response = await post(JSON.stringify(command), headers)
  expect(response.status).toBe(299)
  expect(await response.json()).toEqual(command)
  expect(run).not.toHaveBeenCalled()
})

it('leaves every other request alone', async () => {
  expect((await post('{}', {}, `/api/sessions/${sessionId}/join`)).status).toBe(299)
  expect((await fetch(`${origin}/api/sessions/${sessionId}/commands`)).status).toBe(299)
})

it.each([
  ['of another origin', JSON.stringify(command), { origin: 'https://elsewhere.example' }, 403, 'bad_origin'],
  ['that is no JSON', '{', {}, 400, 'invalid_input'],
  ['that says to be a form', JSON.stringify(command), { 'content-type': 'text/plain' }, 400, 'invalid_input'],
  ['that is no command', '{"kind":"nonsense"}', {}, 400, 'invalid_input'],
  ['that is too large', JSON.stringify({ ...command, text: 'x'.repeat(20_000) }), {}, 413, 'too_large'],
])('refuses a command %s', async (_what, body, headers, status, code) => {
  const response = await post(body, headers)
  expect(response.status).toBe(status)
  expect(await codeOf(response)).toBe(code)
  expect(run).not.toHaveBeenCalled()
})

it('tells the refusal of SQL', async () => {
  run.mockRejectedValueOnce(new CodedError('rate_limited', { retryAfterInMs: 1500 }))
  const response = await post(JSON.stringify(command))
  expect(response.status).toBe(429)
  expect(response.headers.get('retry-after')).toBe('2')
  expect(await codeOf(response)).toBe('rate_limited')
})
