import { type Invitation, invitationSchema } from '#lib/protocol/session-requests.ts'
import { callFunction } from '../db/call-function.ts'
import type { Db } from '../db/clients.ts'

/** Makes an invitation to a session that the client's person manages; good for a week and fifty people. @throws CodedError */
export function createInvitation(db: Db, sessionId: string): Promise<Invitation> {
  return callFunction(db, 'create_invitation', { p_session_id: sessionId }, invitationSchema)
}
