import { setTimeout } from 'node:timers/promises'
import type { Sql } from 'postgres'
import { snapshotSchema } from '#lib/protocol/session-state.ts'
import type { Goal } from '../clients/messages.ts'
import type { LogEntry, ServerHistory } from '../history/history.ts'

const convergedWithinInMs = 20_000

/**
 * Waits until the music changes by itself no more while everybody converges: a song that the DJ put on shortly before is
 * about to take over, and its events come after the state that would be read now.
 */
async function untilNothingIsDue(sql: Sql, sessionId: string): Promise<void> {
  const deadline = performance.now() + convergedWithinInMs
  while (performance.now() < deadline) {
    const [{ isQuiet = true } = {}] = await sql<{ isQuiet: boolean }[]>`
      select coalesce(next_starts_at_ms > private.now_ms() + ${convergedWithinInMs}, true) as "isQuiet"
      from playback where session_id = ${sessionId}`
    if (isQuiet) return
    await setTimeout(250)
  }
  throw new Error('The next song was due, and did not begin.')
}

/** What the database has of a session, read behind the product's back; the snapshot is this member's. */
export async function readServer(
  sql: Sql,
  sessionId: string,
  userId: string,
): Promise<{ history: ServerHistory; goal: Goal }> {
  await untilNothingIsDue(sql, sessionId)
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
