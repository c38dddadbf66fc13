import { fetchJson } from '#components/app/fetch-json.ts'
import { seenLobby } from '#lib/client/offline/seen.ts'
import { lobbySchema, type SessionHead } from '#lib/protocol/session-heads.ts'

/** Who is on air now. @throws CodedError */
export async function fetchLobby(): Promise<{ sessions: SessionHead[] }> {
  return fetchJson('/api/lobby', lobbySchema)
}

/** Keeps what the lobby shows for a time without a network. */
export function keepLobby(sessions: SessionHead[]): void {
  seenLobby.keep(sessions)
}
