import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, expect, inject, test } from 'vitest'
import { createChanges } from './changes/changes.ts'
import { Channel } from './channel.ts'
import type { RealtimeParts } from './parts.ts'
import { joinPayload } from './protocol/join.ts'
import { publishStored } from './stored-messages.ts'
import { createTopics } from './topics.ts'

const stack = inject('stack')
const sql = postgres(stack.dbUrl, { onnotice: () => {} })
afterAll(() => sql.end())

/** A channel of somebody with every right, without a connection: what it sends gathers in `sent`. */
function newChannel(topic: string, config: object) {
  const parts: RealtimeParts = {
    sql,
    topics: createTopics(),
    changes: createChanges(sql),
    verifyToken: async () => ({ role: 'service_role' }),
    whenReplicating: async () => {},
  }
  const sent: string[] = []
  const link = {
    version: 2 as const,
    send: (frame: Buffer) => sent.push(String(frame)),
    push: () => {},
    close: () => {},
  }
  const channel = new Channel(parts, link, topic, joinPayload.parse({ config }), 'token')
  const store = (id: string, event: string) =>
    publishStored(
      parts.topics,
      new Map([
        ['id', id],
        ['topic', topic],
        ['event', event],
        ['payload', '{}'],
        ['private', 't'],
        ['extension', 'broadcast'],
      ]),
    )
  const events = () => sent.map((frame) => /first|second|third/.exec(frame)?.[0])
  return { channel, store, events }
}

test('a message that is replayed and comes by the stream as well is told once', async () => {
  const topic = randomUUID()
  const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()]
  await sql`insert into realtime.messages (id, topic, extension, event, payload, private)
            values (${first}, ${topic}, 'broadcast', 'first', '{}', true)`
  const { channel, store, events } = newChannel(topic, { private: true, broadcast: { replay: { since: 0 } } })
  await channel.join()
  // The stream runs behind: both come before the client was told that it is in.
  store(first, 'first')
  store(second, 'second')
  expect(events()).toEqual([])
  channel.start()
  expect(events()).toEqual(['first', 'second'])
  store(first, 'first')
  store(third, 'third')
  expect(events()).toEqual(['first', 'second', 'third'])
})

test('who has left is told nothing', async () => {
  const topic = randomUUID()
  const { channel, store, events } = newChannel(topic, { private: true })
  await channel.join()
  channel.start()
  channel.leave()
  store(randomUUID(), 'first')
  expect(events()).toEqual([])
})
