'use client'
import { useRoomOverTime } from './use-room-over-time.ts'

/** Whether the DJ's lease has run out while music plays. */
export function useIsDjAway(): boolean {
  return useRoomOverTime(({ playback, dj }, nowInMs) => {
    if (playback.status !== 'playing' || nowInMs === null) return false
    return dj.presentUntil === null || dj.presentUntil < nowInMs
  })
}
