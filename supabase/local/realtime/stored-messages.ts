import type { Sql } from 'postgres'
import type { BroadcastPush } from './protocol/message.ts'
import { type PreparedBroadcast, prepareBroadcast } from './protocol/prepared-broadcast.ts'
import type { Tuple } from './replication/pgoutput.ts'
import { publish, type Topics } from './topics.ts'

/** As many stored messages are replayed to a client that joins, at most. */
const MAX_REPLAYED = 25
export const TOPIC_PREFIX = 'realtime:'

/** Broadcast from the database: gives a row that was inserted into `realtime.messages` to its topic. */
export function publishStored(topics: Topics, row: Tuple): void {
  const [topic, event, id] = [row.get('topic'), row.get('event'), row.get('id')]
  if (!topic || !event || !id || row.get('extension') !== 'broadcast') return
  const name = `${TOPIC_PREFIX}${topic}`
  const target = topics.find(name, row.get('private') === 't')
  const push = storedPush(event, row.get('payload') ?? null, row.get('binary_payload') ?? null)
  if (target && push) publish(target, prepareBroadcast(name, push, { id }))
}

/** The newest messages of a private topic since a moment (ms since 1970), the oldest first. */
export async function replayStored(
  sql: Sql,
  topic: string,
  since: number,
  limit = MAX_REPLAYED,
): Promise<PreparedBroadcast[]> {
  const rows = await sql<{ id: string; event: string; payload: string | null; bytes: string | null }[]>`
    select id, event, payload::text, binary_payload::text as bytes from realtime.messages
    where topic = ${topic} and private and extension = 'broadcast' and event is not null
      and inserted_at >= to_timestamp(${since / 1000}::float8) at time zone 'utc'
      and inserted_at < now() at time zone 'utc' + interval '1 minute'
    order by inserted_at desc limit ${Math.min(Math.max(Math.trunc(limit), 1), MAX_REPLAYED)}`
  return rows.reverse().flatMap(({ id, event, payload, bytes }) => {
    const push = storedPush(event, payload, bytes)
    return push ? [prepareBroadcast(`${TOPIC_PREFIX}${topic}`, push, { replayed: true, id })] : []
  })
}

/** `bytes` is a bytea in its hex form. */
function storedPush(event: string, payload: string | null, bytes: string | null): BroadcastPush | null {
  if (payload !== null) return { event, encoding: 'json', payload: Buffer.from(payload) }
  if (bytes !== null) return { event, encoding: 'binary', payload: Buffer.from(bytes.slice(2), 'hex') }
  return null
}
