import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anonymousClient } from '../testing/people.ts'
import { startStack, type TestStack } from '../testing/start-stack.ts'
import { createInbox, subscribed, systemMessage } from './testing.ts'

let stack: TestStack
let sql: postgres.Sql
// A stack of its own: the others must not feel it.
beforeAll(async () => {
  stack = await startStack()
  sql = postgres(stack.dbUrl, { onnotice: () => {} })
})
afterAll(async () => {
  await sql.end()
  await stack.stop()
})

test('when the database drops all connections, clients stay and hear again', async () => {
  const client = anonymousClient(stack)
  const topic = randomUUID()
  const heard = createInbox<string>()
  const channel = client.channel(topic)
  channel.on('broadcast', { event: '*' }, ({ event }) => heard.put(event))
  channel.on('postgres_changes', { event: '*', schema: 'public', table: 'scores' }, ({ eventType }) =>
    heard.put(eventType),
  )
  const ready = systemMessage(channel, 'postgres_changes')
  const statuses: string[] = []
  await subscribed(channel, (status) => statuses.push(status))
  await ready
  await sql`select realtime.send('{}', 'before', ${topic}, false)`
  expect(await heard.take()).toBe('before')

  const [{ slot } = { slot: '' }] = await sql<
    { slot: string }[]
  >`select slot_name as slot from pg_replication_slots`
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type in ('client backend', 'walsender')`
  // The new slot says that the stream runs again.
  for (;;) {
    const slots = await sql`select 1 from pg_replication_slots where slot_name <> ${slot} and active`
    if (slots.length > 0) break
  }
  await sql`insert into public.scores values (1, 1)`
  await sql`select realtime.send('{}', 'after', ${topic}, false)`
  expect([await heard.take(), await heard.take()].sort()).toEqual(['INSERT', 'after'])
  expect(statuses).toEqual([])
  client.realtime.disconnect()
})
