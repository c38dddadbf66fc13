import { limits } from '#lib/domain/limits/limits.ts'
import { type Invitation, invitationSchema } from '#lib/protocol/session-requests.ts'
import { callFunction } from '../db/call-function.ts'
import type { Rpc } from '../db/clients.ts'

/**
 * Makes an invitation to a session that the client's person manages, good for a week. One link goes round a whole party, so
 * it lets in as many people as SQL allows. @throws CodedError
 */
export function createInvitation(db: Rpc, sessionId: string): Promise<Invitation> {
  const args = { p_session_id: sessionId, p_max_uses: limits.invitationUsesMax }
  return callFunction(db, 'create_invitation', args, invitationSchema)
}
