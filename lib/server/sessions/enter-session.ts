import { z } from 'zod'
import { type CatchUp, catchUpSchema } from '#lib/protocol/envelope.ts'
import {
  createdSessionSchema,
  type createSessionSchema,
  type EnteredSession,
  type JoinedSession,
} from '#lib/protocol/session-requests.ts'
import { roleSchema } from '#lib/protocol/session-state.ts'
import { callFunction } from '../db/call-function.ts'
import type { Db, Rpc } from '../db/clients.ts'
import { loadSnapshot } from './the-snapshots.ts'
import { waysFor } from './ways-for.ts'

/** Opens a session whose DJ is the client's person. @throws CodedError */
export function createSession(
  db: Db,
  { title, visibility, artworkPath }: z.infer<typeof createSessionSchema>,
): Promise<z.infer<typeof createdSessionSchema>> {
  const args = { p_title: title, p_visibility: visibility, p_artwork_path: artworkPath }
  return callFunction(db, 'create_session', args, createdSessionSchema)
}

const joinSchema = z.object({
  role: roleSchema,
  channel: z.number().int().nonnegative(),
  listenerCount: z.number().int().nonnegative(),
})

/**
 * Makes the client's person a member; repeating it changes nothing, and tells the ways down anew.
 * @param largeRoomFrom see `waysFor`
 * @throws CodedError
 */
export async function joinSession(
  db: Rpc,
  sessionId: string,
  invitation: string | null,
  largeRoomFrom: number,
): Promise<JoinedSession> {
  // Nobody needs to know how large a large room is.
  const args = { p_session_id: sessionId, p_invitation: invitation, p_count_to: largeRoomFrom }
  const { role, channel, listenerCount } = await callFunction(db, 'join_session', args, joinSchema)
  return { role, channel, ways: waysFor(role, listenerCount, largeRoomFrom) }
}

/** Joins, and tells where the session stands then. @throws CodedError */
export async function enterSession(...joining: Parameters<typeof joinSession>): Promise<EnteredSession> {
  const [db, sessionId] = joining
  const joined = await joinSession(...joining)
  return { ...joined, snapshot: await loadSnapshot(db, sessionId) }
}

/** What a member missed since the event `after`. @throws CodedError */
export function catchUp(db: Rpc, sessionId: string, after: number): Promise<CatchUp> {
  return callFunction(db, 'events_after', { p_session_id: sessionId, p_after: after }, catchUpSchema)
}
