import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { anonymousClient, type Person, serviceClient, signInSomebody } from '../testing/people.ts'
import { connectRaw, createInbox, subscribed, systemMessage } from './testing.ts'

const stack = inject('stack')
const sql = postgres(stack.dbUrl, { onnotice: () => {} })
let ana: Person
let ben: Person
beforeAll(async () => {
  ;[ana, ben] = await Promise.all([signInSomebody(stack), signInSomebody(stack)])
})
afterAll(async () => {
  await Promise.all([ana, ben].map(({ client }) => client.realtime.disconnect()))
  await sql.end()
})

/** A topic that these people may listen to; the speakers may also speak. */
async function newTopic(listeners: Person[], speakers: Person[] = []): Promise<string> {
  const topic = randomUUID()
  const rows = [...new Set([...listeners, ...speakers])].map(({ id }) => ({
    topic,
    user_id: id,
    may_speak: speakers.some((speaker) => speaker.id === id),
  }))
  if (rows.length > 0) await sql`insert into public.room_members ${sql(rows)}`
  return topic
}

type Heard = { event: string; payload: Record<string, unknown>; meta?: { id: string; replayed?: boolean } }

async function listen({ client }: Person, topic: string, broadcast: Record<string, unknown> = {}) {
  const heard = createInbox<Heard>()
  const channel = client.channel(topic, { config: { private: true, broadcast } })
  channel.on('broadcast', { event: '*' }, (message) => heard.put(message as unknown as Heard))
  await subscribed(channel)
  return { channel, heard }
}

describe('a private channel', () => {
  test('lets in whom the policies let read', async () => {
    const topic = await newTopic([ana])
    await expect(listen(ana, topic)).resolves.toBeDefined()
    await expect(listen(ben, topic)).rejects.toThrow(
      `Unauthorized: You do not have permissions to read from this Channel topic: ${topic}`,
    )
    const nobody = anonymousClient(stack)
    await expect(subscribed(nobody.channel(topic, { config: { private: true } }))).rejects.toThrow(
      'Unauthorized',
    )
    nobody.realtime.disconnect()
    const service = serviceClient(stack)
    await expect(subscribed(service.channel(topic, { config: { private: true } }))).resolves.toBeDefined()
    service.realtime.disconnect()
  })

  test('lets speak whom the policies let write; others speak to nobody', async () => {
    const topic = await newTopic([ana], [ben])
    const [quiet, loud] = [await listen(ana, topic), await listen(ben, topic, { self: true })]
    await quiet.channel.send({ type: 'broadcast', event: 'forbidden', payload: {} })
    await expect(quiet.channel.httpSend('forbidden', {})).rejects.toThrow('not allowed')
    await loud.channel.send({ type: 'broadcast', event: 'allowed', payload: {} })
    expect(await loud.heard.take()).toMatchObject({ event: 'allowed' })
    expect(await quiet.heard.take()).toMatchObject({ event: 'allowed' })
    await loud.channel.httpSend('by http', {})
    expect(await quiet.heard.take()).toMatchObject({ event: 'by http' })
  })

  test('is another than the public channel of the same name', async () => {
    const topic = await newTopic([ana])
    const { heard } = await listen(ana, topic)
    const nobody = anonymousClient(stack)
    await nobody.channel(topic).httpSend('public', {})
    await sql`select realtime.send('{}', 'private', ${topic})`
    expect(await heard.take()).toMatchObject({ event: 'private' })
  })

  test('leaves no trace of its questions', async () => {
    const topic = await newTopic([ana])
    await listen(ana, topic)
    expect(await sql`select 1 from realtime.messages where topic = ${topic}`).toHaveLength(0)
  })

  test.each([
    ['everything', (topic: string) => sql`delete from public.room_members where topic = ${topic}`],
    [
      'presence',
      (topic: string) => sql`update public.room_members set may_see_who = false where topic = ${topic}`,
    ],
  ])('a new token asks the policies anew: who lost %s is sent away', async (_what, takeAway) => {
    const eva = await signInSomebody(stack)
    const topic = await newTopic([eva])
    const channel = eva.client.channel(topic, { config: { private: true } })
    const farewell = systemMessage(channel, 'system')
    const closed = Promise.withResolvers<string>()
    await subscribed(channel, closed.resolve)
    await takeAway(topic)
    const { data } = await eva.client.auth.refreshSession()
    await eva.client.realtime.setAuth(data.session?.access_token)
    expect(await farewell).toMatchObject({ status: 'error', message: expect.stringContaining('permission') })
    expect(await closed.promise).toBe('CLOSED')
    eva.client.realtime.disconnect()
  })
})

describe('broadcast from the database', () => {
  test('comes in the order of the commits, with its id', async () => {
    const topic = await newTopic([ana])
    const { heard } = await listen(ana, topic)
    for (const n of [1, 2, 3]) await sql`select realtime.send(${sql.json({ n })}, 'tick', ${topic})`
    for (const n of [1, 2, 3]) {
      const { event, payload, meta } = await heard.take()
      expect([event, payload.n]).toEqual(['tick', n])
      expect(payload.id).toBe(meta?.id)
    }
  })

  test('what is rolled back is not told', async () => {
    const topic = await newTopic([ana])
    const { heard } = await listen(ana, topic)
    await sql
      .begin(async (tx) => {
        await tx`select realtime.send('{}', 'undone', ${topic})`
        throw new Error('undo')
      })
      .catch(() => {})
    await sql`select realtime.send('{}', 'done', ${topic})`
    expect(await heard.take()).toMatchObject({ event: 'done' })
  })

  test('tells of changed rows, numbers exactly', async () => {
    const topic = await newTopic([ana])
    const { heard } = await listen(ana, topic)
    await sql`select realtime.broadcast_changes(${topic}, 'changed', 'INSERT', 'scores', 'public',
      row(1, 2, 'x')::public.scores, null::public.scores)`
    expect((await heard.take()).payload).toMatchObject({
      operation: 'INSERT',
      table: 'scores',
      schema: 'public',
      record: { id: 1, points: 2, comment: 'x' },
      old_record: null,
    })
  })

  test('reaches public channels when it is public', async () => {
    const topic = randomUUID()
    const nobody = anonymousClient(stack)
    const heard = createInbox<unknown>()
    const channel = nobody.channel(topic).on('broadcast', { event: '*' }, ({ event }) => heard.put(event))
    await subscribed(channel)
    await sql`select realtime.send('{}', 'private', ${topic}, true)`
    await sql`select realtime.send('{}', 'public', ${topic}, false)`
    expect(await heard.take()).toBe('public')
    nobody.realtime.disconnect()
  })

  test('carries bytes, and large payloads', async () => {
    const topic = await newTopic([ana])
    const { heard } = await listen(ana, topic)
    await sql`select realtime.send_binary('\\x00ff', 'bytes', ${topic})`
    await sql`select realtime.send(jsonb_build_object('text', repeat('x', 200000)), 'large', ${topic})`
    const { payload } = await heard.take()
    expect(new Uint8Array(payload as unknown as ArrayBuffer)).toEqual(new Uint8Array([0, 255]))
    expect(String((await heard.take()).payload.text)).toHaveLength(200_000)
  })

  test('says when it is ready', async () => {
    const topic = await newTopic([ana])
    const config = { private: true, broadcast: { replication_ready: true } }
    const channel = ana.client.channel(topic, { config } as object as { config: { private: boolean } })
    const ready = systemMessage(channel, 'system')
    await subscribed(channel)
    expect(await ready).toMatchObject({ status: 'ok', message: 'Replication connection established' })
  })
})

describe('replay', () => {
  test('brings what was missed once, the oldest first, and goes on with what is new', async () => {
    const topic = await newTopic([ana, ben])
    const earlier = await listen(ben, topic)
    const since = Date.now() - 60_000
    for (const n of [1, 2, 3]) await sql`select realtime.send(${sql.json({ n })}, 'tick', ${topic})`
    // What was sent before somebody joins can still be on its way: wait until it has passed.
    for (const _ of [1, 2, 3]) await earlier.heard.take()
    const { heard } = await listen(ana, topic, { replay: { since, limit: 2 } })
    await sql`select realtime.send(${sql.json({ n: 4 })}, 'tick', ${topic})`
    const messages = [await heard.take(), await heard.take(), await heard.take()]
    expect(messages.map(({ payload, meta }) => [payload.n, meta?.replayed === true])).toEqual([
      [2, true],
      [3, true],
      [4, false],
    ])
  })

  test('brings 25 at most, and none from before', async () => {
    const topic = await newTopic([ana, ben])
    const earlier = await listen(ben, topic)
    await sql`select realtime.send(jsonb_build_object('n', n), 'tick', ${topic}) from generate_series(1, 30) n`
    for (let n = 0; n < 30; n++) await earlier.heard.take()
    const { heard, channel } = await listen(ana, topic, { replay: { since: 0, limit: 100 } })
    await sql`select realtime.send('{}', 'end', ${topic})`
    let count = 0
    while ((await heard.take()).event !== 'end') count++
    expect(count).toBe(25)
    await ana.client.removeChannel(channel)
    const later = await listen(ana, topic, { replay: { since: Date.now() + 3_600_000 } })
    await sql`select realtime.send('{}', 'now', ${topic})`
    expect(await later.heard.take()).toMatchObject({ event: 'now' })
  })

  test('is not for public channels', async () => {
    // realtime-js does not even try.
    const raw = await connectRaw(stack)
    raw.send(['1', '1', 'realtime:x', 'phx_join', { config: { broadcast: { replay: { since: 0 } } } }])
    expect(await raw.take()).toMatchObject({
      4: {
        status: 'error',
        response: { reason: expect.stringContaining('not allowed for public channels') },
      },
    })
    raw.socket.close()
  })
})
