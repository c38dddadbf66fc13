import type { Room } from '#components/room/room-context.ts'
import { type Cue, cueAt } from '#lib/domain/timeline/timeline.ts'

/** What should be heard right now; null in silence, and while the server's time is unknown. */
export function readCue({ readView, clock }: Pick<Room, 'readView' | 'clock'>): Cue | null {
  const { playback } = readView()
  const serverNowInMs = clock.serverNowInMs()
  if (playback.status === 'paused') return cueAt(playback, serverNowInMs ?? Number.POSITIVE_INFINITY)
  return serverNowInMs === null ? null : cueAt(playback, serverNowInMs)
}
