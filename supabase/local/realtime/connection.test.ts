import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { SignJWT } from 'jose'
import { describe, expect, inject, test } from 'vitest'
import { WebSocket } from 'ws'
import { signInSomebody } from '../testing/people.ts'
import { connectRaw } from './testing.ts'

const stack = inject('stack')
const newTopic = () => `realtime:${randomUUID()}`

describe('a connection', () => {
  test.each(['', 'sb_publishable_forged', 'nonsense'])(
    'with the key %j is refused before it opens',
    async (key) => {
      const socket = new WebSocket(
        `${stack.url.replace('http', 'ws')}/realtime/v1/websocket?apikey=${key}&vsn=2.0.0`,
      )
      const [, response] = await once(socket, 'unexpected-response')
      expect(response.statusCode).toBe(401)
      const [body] = await once(response, 'data')
      expect(JSON.parse(String(body))).toEqual({ error: expect.any(String) })
      socket.on('error', () => {})
      socket.terminate()
    },
  )

  test('answers heartbeats, in both versions', async () => {
    const client = await connectRaw(stack)
    client.send([null, '5', 'phoenix', 'heartbeat', {}])
    expect(await client.take()).toEqual([null, '5', 'phoenix', 'phx_reply', { status: 'ok', response: {} }])
    client.socket.close()
    const old = await connectRaw(stack, { version: '1.0.0' })
    old.send({ topic: 'phoenix', event: 'heartbeat', payload: {}, ref: '5' })
    expect(await old.take()).toMatchObject({ topic: 'phoenix', ref: '5', payload: { status: 'ok' } })
    old.socket.close()
  })

  test('joins, leaves, and says so', async () => {
    const client = await connectRaw(stack)
    const topic = newTopic()
    client.send(['1', '1', topic, 'phx_join', { config: { postgres_changes: [] } }])
    expect(await client.take()).toEqual([
      '1',
      '1',
      topic,
      'phx_reply',
      { status: 'ok', response: { postgres_changes: [] } },
    ])
    client.send(['1', '2', topic, 'phx_leave', {}])
    expect(await client.take()).toEqual(['1', '2', topic, 'phx_reply', { status: 'ok', response: {} }])
    expect(await client.take()).toEqual(['1', '1', topic, 'phx_close', {}])
    client.send(['1', '3', topic, 'broadcast', { event: 'x', payload: {} }])
    expect(await client.take()).toMatchObject({
      4: { status: 'error', response: { reason: 'unmatched topic' } },
    })
    client.socket.close()
  })

  test('a second join takes the place of the first', async () => {
    const client = await connectRaw(stack)
    const topic = newTopic()
    client.send(['1', '1', topic, 'phx_join', { config: {} }])
    await client.take()
    client.send(['2', '2', topic, 'phx_join', { config: { broadcast: { self: true } } }])
    expect(await client.take()).toEqual(['1', '1', topic, 'phx_close', {}])
    expect(await client.take()).toMatchObject({ 0: '2', 3: 'phx_reply' })
    client.send(['2', '3', topic, 'broadcast', { type: 'broadcast', event: 'x', payload: {} }])
    expect(await client.take()).toBeInstanceOf(Buffer)
    client.send([null, '4', 'phoenix', 'heartbeat', {}])
    // Heard once, not twice.
    expect(await client.take()).toMatchObject({ 2: 'phoenix' })
    client.socket.close()
  })

  test.each([
    ['text that is no JSON', 'nonsense'],
    ['JSON of another form', '{"a":1}'],
    ['bytes that are no broadcast', Buffer.from([9, 9, 9])],
    ['a broadcast that is cut off', Buffer.from([3, 200, 0, 0, 0, 0, 1])],
  ])('%s ends it, and nobody else notices', async (_name, data) => {
    const [client, other] = [await connectRaw(stack), await connectRaw(stack)]
    client.socket.send(data)
    const [code] = await once(client.socket, 'close')
    expect(code).toBe(1007)
    other.send([null, '1', 'phoenix', 'heartbeat', {}])
    expect(await other.take()).toMatchObject({ 2: 'phoenix' })
    other.socket.close()
  })

  test('a message above the limit ends it', async () => {
    const client = await connectRaw(stack)
    client.socket.send(Buffer.alloc(4 * 1024 * 1024))
    const [code] = await once(client.socket, 'close')
    expect(code).toBe(1009)
  })

  test('a broadcast that only pretends to be JSON is passed on to nobody', async () => {
    const client = await connectRaw(stack)
    const topic = newTopic()
    client.send(['1', '1', topic, 'phx_join', { config: { broadcast: { self: true } } }])
    await client.take()
    const push = (payload: string) =>
      client.socket.send(
        Buffer.concat([Buffer.from([3, 0, 0, topic.length, 1, 0, 1]), Buffer.from(`${topic}x${payload}`)]),
      )
    push('{"broken')
    push('{"n":1}')
    expect(String(await client.take())).toMatch(/\{"n":1\}$/)
    client.socket.close()
  })

  test('who does not read is cut off, and the others are not held up', async () => {
    const [slow, quick, sender] = [await connectRaw(stack), await connectRaw(stack), await connectRaw(stack)]
    const topic = newTopic()
    for (const client of [slow, quick, sender]) {
      client.send(['1', '1', topic, 'phx_join', { config: {} }])
      await client.take()
    }
    slow.socket.pause()
    const closed = once(slow.socket, 'close')
    const payload = 'x'.repeat(1_000_000)
    const total = 40
    for (let n = 0; n < total; n++) {
      sender.send(['1', '2', topic, 'broadcast', { type: 'broadcast', event: `${n}`, payload: { payload } }])
      await quick.take()
    }
    slow.socket.resume()
    const [code] = await closed
    expect(code).toBe(1006)
    quick.socket.close()
    sender.socket.close()
  })
})

describe('tokens', () => {
  async function joinWith(access_token: string) {
    const client = await connectRaw(stack)
    client.send(['1', '1', newTopic(), 'phx_join', { config: {}, access_token }])
    const answer = await client.take()
    client.socket.close()
    return answer
  }

  test('a person joins with theirs; API keys stand for the key of the connection', async () => {
    const { accessToken } = await signInSomebody(stack)
    expect(await joinWith(accessToken)).toMatchObject({ 4: { status: 'ok' } })
    expect(await joinWith(stack.publishableKey)).toMatchObject({ 4: { status: 'ok' } })
  })

  test('forged, expired and malformed ones are refused with the reason', async () => {
    const { accessToken } = await signInSomebody(stack)
    const [head, body] = accessToken.split('.')
    const expired = await new SignJWT({ role: 'authenticated' })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime(Date.now() / 1000 - 60)
      .sign(new TextEncoder().encode('whatever, 32 bytes, whatever, 32'))
    for (const [token, reason] of [
      [`${head}.${body}.${'A'.repeat(86)}`, 'JwtSignatureError'],
      [expired, 'InvalidJWTToken: Token has expired'],
      ['nonsense', 'MalformedJWT'],
    ]) {
      expect(await joinWith(token ?? '')).toMatchObject({
        4: { status: 'error', response: { reason: expect.stringContaining(reason ?? '') } },
      })
    }
  })

  test('a bad token later ends the channel, not the connection', async () => {
    const client = await connectRaw(stack)
    const topic = newTopic()
    client.send(['1', '1', topic, 'phx_join', { config: {} }])
    await client.take()
    client.send(['1', '2', topic, 'access_token', { access_token: stack.publishableKey }])
    client.send(['1', '3', topic, 'access_token', { access_token: 'nonsense' }])
    expect(await client.take()).toMatchObject({ 3: 'system', 4: { extension: 'system', status: 'error' } })
    expect(await client.take()).toMatchObject({ 2: topic, 3: 'phx_close' })
    client.send([null, '4', 'phoenix', 'heartbeat', {}])
    expect(await client.take()).toMatchObject({ 2: 'phoenix' })
    client.socket.close()
  })
})
