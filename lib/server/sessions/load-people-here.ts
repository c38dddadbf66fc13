import { type PeopleHere, peopleHereSchema } from '#lib/protocol/people-here.ts'
import { callFunction } from '../db/call-function.ts'
import type { Rpc } from '../db/clients.ts'

/** A page of those who are in a session now, for a member. @throws CodedError */
export function loadPeopleHere(db: Rpc, sessionId: string, after: string | undefined): Promise<PeopleHere> {
  const args = { p_session_id: sessionId, p_after: after ?? null }
  return callFunction(db, 'people_here', args, peopleHereSchema)
}
