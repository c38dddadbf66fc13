import type { RoomView } from '#lib/client/session/view-state.ts'
import type { LoopRegion } from '#lib/domain/timeline/timeline.ts'

/** The region of the current song that is repeated; null where none is. */
export function loopOf({ playback }: Pick<RoomView, 'playback'>): LoopRegion | null {
  return playback.status === 'idle' ? null : (playback.loop ?? null)
}
