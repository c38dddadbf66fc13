import type { Sql } from 'postgres'
import { snapshotSchema } from '#lib/protocol/session-state.ts'
import type { Goal } from '../clients/messages.ts'
import type { LogEntry, ServerHistory } from '../history/history.ts'

const convergedWithinInMs = 20_000

/** What the database has of a session, read behind the product's back; the snapshot is this member's. */
export async function readServer(
  sql: Sql,
  sessionId: string,
  userId: string,
): Promise<{ history: ServerHistory; goal: Goal }> {
  const snapshot = await sql.begin(async (tx) => {
    const claims = JSON.stringify({ sub: userId, role: 'authenticated' })
    await tx`select set_config('request.jwt.claims', ${claims}, true)`
    const [row] = await tx`
      select public.hub_snapshot(${sessionId}) || public.my_snapshot(${sessionId}) as snapshot`
    return snapshotSchema.parse(row?.snapshot)
  })
  const votes = await sql<{ itemId: string; userId: string }[]>`
    select v.item_id as "itemId", v.user_id as "userId" from queue_votes v
    join queue_items i on i.id = v.item_id where i.session_id = ${sessionId}`
  const log = await sql<LogEntry[]>`
    select seq::int, kind, command_id as "commandId", actor as by, coalesce(
      payload ->> 'id', payload ->> 'itemId', payload ->> 'messageId', payload ->> 'userId') as "subjectId"
    from session_events where session_id = ${sessionId} order by seq`
  const { playback, tallies, dj } = snapshot
  return {
    history: { log: [...log], votes: [...votes], tallies: tallies.votes },
    goal: {
      snapshot,
      revs: { playback: playback.rev, tallies: tallies.rev, dj: dj.rev },
      votes: [...votes],
      boundInMs: convergedWithinInMs,
    },
  }
}
