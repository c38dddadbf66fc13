import { fetchJson } from '#components/app/fetch-json.ts'
import { lobbySchema, type SessionHead } from '#lib/protocol/session-heads.ts'

/** Who is on air now. @throws CodedError */
export async function fetchLobby(): Promise<{ sessions: SessionHead[] }> {
  return fetchJson('/api/lobby', lobbySchema)
}
