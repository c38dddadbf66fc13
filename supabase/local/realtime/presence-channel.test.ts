import { randomUUID } from 'node:crypto'
import type { SupabaseClient } from '@supabase/supabase-js'
import postgres from 'postgres'
import { afterEach, expect, inject, test } from 'vitest'
import { anonymousClient, signInSomebody } from '../testing/people.ts'
import { connectRaw, createInbox, subscribed } from './testing.ts'

const stack = inject('stack')
const clients: SupabaseClient[] = []
afterEach(() => Promise.all(clients.splice(0).map((client) => client.realtime.disconnect())))

async function join(topic: string, key: string) {
  const client = anonymousClient(stack)
  clients.push(client)
  const told = createInbox<string>()
  const channel = client.channel(topic, { config: { presence: { key } } })
  channel.on('presence', { event: 'join' }, (event) =>
    told.put(`+${event.key}:${event.newPresences[0]?.mood}`),
  )
  channel.on('presence', { event: 'leave' }, (event) =>
    told.put(`-${event.key}:${event.leftPresences[0]?.mood}`),
  )
  const synced = new Promise<void>((resolve) => channel.on('presence', { event: 'sync' }, () => resolve()))
  await subscribed(channel)
  await synced
  return { channel, client, told, who: () => Object.keys(channel.presenceState()).sort() }
}

test('everybody learns who comes, changes and goes', async () => {
  const topic = randomUUID()
  const ana = await join(topic, 'ana')
  expect(await ana.channel.track({ mood: 'calm' })).toBe('ok')
  expect(await ana.told.take()).toBe('+ana:calm')

  const ben = await join(topic, 'ben')
  expect(ben.who()).toEqual(['ana'])
  expect(await ben.told.take()).toBe('+ana:calm')
  await ben.channel.track({ mood: 'wild' })
  expect(await ana.told.take()).toBe('+ben:wild')
  expect(await ben.told.take()).toBe('+ben:wild')

  await ana.channel.track({ mood: 'asleep' })
  expect([await ben.told.take(), await ben.told.take()].sort()).toEqual(['+ana:asleep', '-ana:calm'])
  expect(ben.channel.presenceState().ana).toEqual([{ presence_ref: expect.any(String), mood: 'asleep' }])

  expect(await ana.channel.untrack()).toBe('ok')
  expect(await ben.told.take()).toBe('-ana:asleep')
  expect(ben.who()).toEqual(['ben'])
})

test('who loses the connection is gone', async () => {
  const topic = randomUUID()
  const ana = await join(topic, 'ana')
  const raw = await connectRaw(stack)
  raw.send([
    '1',
    '1',
    `realtime:${topic}`,
    'phx_join',
    { config: { presence: { key: 'ghost', enabled: true } } },
  ])
  raw.send([
    '1',
    '2',
    `realtime:${topic}`,
    'presence',
    { type: 'presence', event: 'track', payload: { mood: 'pale' } },
  ])
  expect(await ana.told.take()).toBe('+ghost:pale')
  raw.socket.terminate()
  expect(await ana.told.take()).toBe('-ghost:pale')
})

test('a crowd that comes at once is complete for everybody', async () => {
  const topic = randomUUID()
  const crowd = await Promise.all(Array.from({ length: 12 }, (_, at) => join(topic, `p${at}`)))
  await Promise.all(crowd.map(({ channel }, at) => channel.track({ mood: at })))
  const expected = crowd.map((_, at) => `p${at}`).sort()
  for (const { told, who } of crowd) {
    while (who().length < crowd.length) await told.take()
    expect(who()).toEqual(expected)
  }
})

test('what is no map is refused', async () => {
  const raw = await connectRaw(stack)
  const topic = `realtime:${randomUUID()}`
  raw.send(['1', '1', topic, 'phx_join', { config: {} }])
  await raw.take()
  raw.send(['1', '2', topic, 'presence', { type: 'presence', event: 'track', payload: 'text' }])
  expect(await raw.take()).toEqual([
    '1',
    '2',
    topic,
    'phx_reply',
    { status: 'error', response: { reason: 'Presence track payload must be a map' } },
  ])
  raw.socket.close()
})

test('in a private topic only those whom the policies allow can be present', async () => {
  const sql = postgres(stack.dbUrl, { onnotice: () => {} })
  const [ana, ben] = [await signInSomebody(stack), await signInSomebody(stack)]
  clients.push(ana.client, ben.client)
  const topic = randomUUID()
  await sql`insert into public.room_members ${sql([
    { topic, user_id: ana.id, may_speak: true },
    { topic, user_id: ben.id, may_speak: false },
  ])}`
  const told = createInbox<string>()
  const config = { private: true }
  const listening = ben.client.channel(topic, { config })
  listening.on('presence', { event: 'join' }, ({ key }) => told.put(key))
  await subscribed(listening)
  const speaking = ana.client.channel(topic, { config: { ...config, presence: { key: 'ana' } } })
  await subscribed(speaking)
  expect(await listening.track({ mood: 'sly' })).toBe('error')
  expect(await speaking.track({ mood: 'calm' })).toBe('ok')
  expect(await told.take()).toBe('ana')
  expect(Object.keys(listening.presenceState())).toEqual(['ana'])
  await sql.end()
})
