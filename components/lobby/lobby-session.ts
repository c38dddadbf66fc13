/** A live session as the lobby shows it. */
export type LobbySession = {
  id: string
  slug: string
  title: string
  djName: string
  listenerCount: number
  nowPlaying: { title: string; artist: string | null } | null
  artworkUrl: string | null
}
