import type { Track } from '#lib/protocol/tracks.ts'

/** The browser's Media Session: what lock screens and headsets show, and their play and pause keys. */
export type MediaSessionDisplay = {
  show(track: Track | null, artworkUrl: string | null): void
  setPlaying(isPlaying: boolean): void
  /** Where the music is now; the browser counts on from there. Null: it does not say. */
  setPosition(position: { positionInMs: number; durationInMs: number } | null): void
  destroy(): void
}

/** The keys turn this listener's sound on and off; the room goes on. */
export function createMediaSessionDisplay(keys: {
  onPlay: () => void
  onPause: () => void
}): MediaSessionDisplay {
  const session = globalThis.navigator?.mediaSession
  if (!session) return { show: () => {}, setPlaying: () => {}, setPosition: () => {}, destroy: () => {} }
  session.setActionHandler('play', keys.onPlay)
  session.setActionHandler('pause', keys.onPause)
  session.setActionHandler('stop', keys.onPause)
  return {
    show(track, artworkUrl) {
      session.metadata =
        track &&
        new MediaMetadata({
          title: track.title,
          artist: track.artist ?? '',
          artwork: artworkUrl ? [{ src: artworkUrl }] : [],
        })
    },
    setPlaying(isPlaying) {
      session.playbackState = isPlaying ? 'playing' : 'paused'
    },
    setPosition(position) {
      if (!position) return session.setPositionState?.()
      const duration = position.durationInMs / 1_000
      const at = Math.min(duration, Math.max(0, position.positionInMs / 1_000))
      session.setPositionState?.({ duration, position: at, playbackRate: 1 })
    },
    destroy() {
      session.metadata = null
      session.setPositionState?.()
      session.playbackState = 'none'
      for (const key of ['play', 'pause', 'stop'] as const) session.setActionHandler(key, null)
    },
  }
}
