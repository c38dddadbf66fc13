import {
  type CreatedSession,
  createdSessionSchema,
  type NewSession,
  storedArtworkSchema,
} from '#lib/protocol/session-requests.ts'
import type { RequestJson } from './session-api.ts'

/** Opens a session of one's own, with a picture if there is one. @throws CodedError */
export async function createSession(
  request: RequestJson,
  { artwork, ...session }: Omit<NewSession, 'artworkPath'> & { artwork?: Blob | null },
): Promise<CreatedSession> {
  const stored = artwork ? await request('/api/artwork', storedArtworkSchema, artwork) : null
  const body: NewSession = { ...session, artworkPath: stored?.artworkPath ?? null }
  return request('/api/sessions', createdSessionSchema, body)
}
