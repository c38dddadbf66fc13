import { type Catalogue, catalogueSchema } from '#lib/protocol/catalogue.ts'
import { callFunction } from '../db/call-function.ts'
import type { Db } from '../db/clients.ts'

/** The tracks that a member may ask for in a session. @throws CodedError */
export function loadCatalogue(db: Db, sessionId: string, search: string): Promise<Catalogue> {
  const args = { p_session_id: sessionId, p_search: search }
  return callFunction(db, 'session_catalogue', args, catalogueSchema)
}
