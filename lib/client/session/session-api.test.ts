import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { createRequestJson } from './session-api.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

function answering(...answers: (Response | Error)[]) {
  const fetch = vi.fn(async (_path: string, _init?: RequestInit) => {
    const answer = answers.shift()
    if (!answer || answer instanceof Error) throw answer ?? new Error('asked too often')
    return answer
  })
  vi.stubGlobal('fetch', fetch)
  const refreshAuth = vi.fn(async () => {})
  return { fetch, refreshAuth, request: createRequestJson(refreshAuth) }
}
const schema = z.object({ name: z.string() })
const refusal = (code: string, status: number, more = {}) =>
  Response.json({ error: { code, ...more } }, { status })
/** What `fetch` gives where the connection is lost after the head. */
function cutOff(text: string): Response {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(new TextEncoder().encode(text))
      controller.error(new TypeError('terminated'))
    },
  })
  return new Response(body)
}

describe('createRequestJson', () => {
  it('fetches, or posts JSON, or a picture as it is', async () => {
    const { fetch, request } = answering(...[1, 2, 3].map(() => Response.json({ name: 'Ana' })))
    const picture = new Blob(['x'], { type: 'image/png' })
    expect(await request('/a', schema)).toEqual({ name: 'Ana' })
    await request('/b', schema, { text: 'hola' })
    await request('/c', schema, picture)
    expect(fetch.mock.calls.map(([path, init]) => [path, init?.method, init?.body])).toEqual([
      ['/a', undefined, undefined],
      ['/b', 'POST', '{"text":"hola"}'],
      ['/c', 'POST', picture],
    ])
  })

  it('renews a session that ran out, and asks once more', async () => {
    const { request, refreshAuth } = answering(refusal('not_signed_in', 401), Response.json({ name: 'Ana' }))
    expect(await request('/a', schema)).toEqual({ name: 'Ana' })
    expect(refreshAuth).toHaveBeenCalledOnce()
  })

  it('gives the code of a refusal', async () => {
    const { request } = answering(refusal('rate_limited', 429, { retryAfterInMs: 900 }))
    await expect(request('/a', schema)).rejects.toMatchObject({ code: 'rate_limited', retryAfterInMs: 900 })
  })

  it.each([
    ['no network', new TypeError('Failed to fetch')],
    ['a proxy’s error page', new Response('<h1>Bad gateway</h1>', { status: 502 })],
    ['a page that asks one to sign in to the network', new Response('<h1>Welcome</h1>')],
    ['an answer cut off on its way', cutOff('{"name":')],
  ])('takes %s for unavailable', async (_what, answer) => {
    const { request } = answering(answer)
    await expect(request('/a', schema)).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('lets nothing through that is not what was asked for', async () => {
    const { request } = answering(Response.json({ nome: 'Ana' }))
    await expect(request('/a', schema)).rejects.toMatchObject({ code: 'internal' })
  })
})
