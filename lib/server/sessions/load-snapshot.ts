import { z } from 'zod'
import { CodedError } from '#lib/protocol/errors.ts'
import { type Snapshot, snapshotSchema } from '#lib/protocol/session-state.ts'
import { createAskTogether } from '../db/ask-together.ts'
import { callFunction } from '../db/call-function.ts'
import type { Rpc } from '../db/clients.ts'

/** All that a member's client needs to begin; `db` acts as them. @throws CodedError */
export type LoadSnapshot = (db: Rpc, sessionId: string) => Promise<Snapshot>

export const sharedSchema = snapshotSchema.omit({ me: true, myVotes: true })
export const ownSchema = snapshotSchema
  .pick({ me: true, myVotes: true })
  .extend({ blockedIds: z.array(z.uuid()).default([]) })

const freshForInMs = 250

/**
 * Loads snapshots of two parts. What everybody sees alike is asked once for all who come in the same moment, by the
 * `service`; what is a person's own is asked as that person, by which SQL decides whether they get anything. It is
 * asked last: a role that changed in between comes again with the events after `seq`, whereas an older role would stay.
 */
export function createLoadSnapshot(service: Rpc, now?: () => number): LoadSnapshot {
  const loadShared = createAskTogether(
    (sessionId) =>
      callFunction(service, 'hub_snapshot', { p_session_id: sessionId }, sharedSchema.nullable()),
    freshForInMs,
    now,
  )
  return async (db, sessionId) => {
    const shared = await loadShared(sessionId)
    const own = await callFunction(db, 'my_snapshot', { p_session_id: sessionId }, ownSchema)
    if (!shared) throw new CodedError('not_found')
    return joinParts(shared, own)
  }
}

/** The two parts in one; of the chat and the tips in it without those whom the person blocks. */
export function joinParts(
  shared: z.infer<typeof sharedSchema>,
  { blockedIds, ...own }: z.infer<typeof ownSchema>,
): Snapshot {
  const isBlocked = (id: string | null) => id !== null && blockedIds.includes(id)
  const messages = shared.messages.filter(({ authorId }) => !isBlocked(authorId))
  const tips = shared.tips.filter(({ giverId }) => !isBlocked(giverId))
  return { ...shared, ...own, messages, tips }
}
