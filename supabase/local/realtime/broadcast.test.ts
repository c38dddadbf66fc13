import { randomUUID } from 'node:crypto'
import type { RealtimeChannelOptions, SupabaseClient } from '@supabase/supabase-js'
import { afterEach, describe, expect, inject, test } from 'vitest'
import { anonymousClient } from '../testing/people.ts'
import { connectRaw, createInbox, subscribed } from './testing.ts'

const stack = inject('stack')
const clients: SupabaseClient[] = []
afterEach(() => Promise.all(clients.splice(0).map((client) => client.realtime.disconnect())))

type Received = { event: string; payload: unknown }

async function join(topic: string, config: RealtimeChannelOptions['config'] = {}) {
  const client = anonymousClient(stack)
  clients.push(client)
  const inbox = createInbox<Received>()
  const channel = client.channel(topic, { config })
  channel.on('broadcast', { event: '*' }, ({ event, payload }) => inbox.put({ event, payload }))
  await subscribed(channel)
  return {
    channel,
    inbox,
    say: (event: string, payload: unknown) => channel.send({ type: 'broadcast', event, payload }),
  }
}

describe('broadcast', () => {
  test('reaches the others in its order, and the sender only with self', async () => {
    const topic = randomUUID()
    const [ana, ben, eva] = [
      await join(topic),
      await join(topic),
      await join(topic, { broadcast: { self: true } }),
    ]
    // Two lines of two people have no order between them: the one waits until everybody has heard the other.
    for (const n of [1, 2]) await ana.say('from Ana', { n })
    for (const { inbox } of [ben, eva]) {
      for (const n of [1, 2]) expect(await inbox.take()).toEqual({ event: 'from Ana', payload: { n } })
    }
    await eva.say('from Eva', { text: 'canción 🎶' })
    for (const { inbox } of [ana, ben, eva])
      expect(await inbox.take()).toEqual({ event: 'from Eva', payload: { text: 'canción 🎶' } })
  })

  test('with ack the sender hears that it arrived', async () => {
    const { say } = await join(randomUUID(), { broadcast: { ack: true } })
    expect(await say('x', {})).toBe('ok')
  })

  test('carries raw bytes', async () => {
    const topic = randomUUID()
    const [ana, ben] = [await join(topic), await join(topic)]
    await ana.say('bytes', new Uint8Array([0, 1, 255]).buffer)
    const { payload } = await ben.inbox.take()
    expect(new Uint8Array(payload as ArrayBuffer)).toEqual(new Uint8Array([0, 1, 255]))
  })

  test('stays in its topic, and public is not private', async () => {
    const topic = randomUUID()
    const [ana, ben, other] = [await join(topic), await join(topic), await join(`${topic}x`)]
    await ana.say('here', {})
    await ben.inbox.take()
    await other.say('there', {})
    await ana.say('again', {})
    expect(await ben.inbox.take()).toMatchObject({ event: 'again' })
    expect(other.inbox.rest()).toEqual([])
  })

  test('who left hears nothing more', async () => {
    const topic = randomUUID()
    const [ana, ben, eva] = [await join(topic), await join(topic), await join(topic)]
    expect(await ben.channel.unsubscribe()).toBe('ok')
    await ana.say('x', {})
    await eva.inbox.take()
    expect(ben.inbox.rest()).toEqual([])
  })

  test('clients of both versions understand each other; bytes spare the older', async () => {
    const topic = randomUUID()
    const { say, inbox } = await join(topic)
    const old = await connectRaw(stack, { version: '1.0.0' })
    const name = `realtime:${topic}`
    old.send({ topic: name, event: 'phx_join', payload: { config: {} }, ref: '1', join_ref: '1' })
    expect(await old.take()).toMatchObject({ event: 'phx_reply', ref: '1', payload: { status: 'ok' } })
    await say('bytes', new ArrayBuffer(3))
    await say('text', { n: 1 })
    expect(await old.take()).toEqual({
      topic: name,
      event: 'broadcast',
      payload: { type: 'broadcast', event: 'text', payload: { n: 1 } },
      ref: null,
      join_ref: null,
    })
    const payload = { type: 'broadcast', event: 'answer', payload: { n: 2 } }
    old.send({ topic: name, event: 'broadcast', payload, ref: '2', join_ref: '1' })
    expect(await inbox.take()).toEqual({ event: 'answer', payload: { n: 2 } })
    old.socket.close()
  })
})

describe('broadcast over HTTP', () => {
  const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
    fetch(`${stack.url}/realtime/v1/api/broadcast${path}`, {
      method: 'POST',
      body,
      headers: { apikey: stack.publishableKey, 'content-type': 'application/json', ...headers },
    })

  test('sends a batch', async () => {
    const topic = randomUUID()
    const { inbox } = await join(topic)
    const messages = [1, 2].map((n) => ({ topic, event: `e${n}`, payload: { n } }))
    expect((await post('', JSON.stringify({ messages }))).status).toBe(202)
    expect(await inbox.take()).toEqual({ event: 'e1', payload: { n: 1 } })
    expect(await inbox.take()).toEqual({ event: 'e2', payload: { n: 2 } })
  })

  test('sends one, as httpSend does', async () => {
    const topic = `room/${randomUUID()}`
    const { inbox } = await join(topic)
    const sender = anonymousClient(stack)
    expect(await sender.channel(topic).httpSend('sol y mar', { n: 1 })).toEqual({ success: true })
    expect(await inbox.take()).toEqual({ event: 'sol y mar', payload: { n: 1 } })
    await sender.channel(topic).httpSend('bytes', new Uint8Array([7]).buffer)
    expect(new Uint8Array((await inbox.take()).payload as ArrayBuffer)).toEqual(new Uint8Array([7]))
  })

  test('refuses the unknown, the malformed and the forbidden', async () => {
    expect((await post('', '{"messages":[]}', { apikey: 'sb_publishable_forged' })).status).toBe(401)
    expect((await post('', '{"messages":[{"topic":"t"}]}')).status).toBe(422)
    expect((await post('', 'not json')).status).toBe(422)
    expect((await post('/t/events/e', '{', {})).status).toBe(422)
    expect((await post('/t/events/e', 'x', { 'content-type': 'text/plain' })).status).toBe(415)
    expect((await post('/t/events/e?private=true', '{}')).status).toBe(403)
  })
})
