import { type RestrictedPeople, restrictedPeopleSchema } from '#lib/protocol/restricted-people.ts'
import { callFunction } from '../db/call-function.ts'
import type { Rpc } from '../db/clients.ts'

/** Who is muted and who is banned in a session, for who moderates it. @throws CodedError */
export function loadRestrictedPeople(db: Rpc, sessionId: string): Promise<RestrictedPeople> {
  return callFunction(db, 'restricted_people', { p_session_id: sessionId }, restrictedPeopleSchema)
}
