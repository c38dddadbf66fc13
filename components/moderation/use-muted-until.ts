'use client'
import { useRoomOverTime } from '#components/room/use-room-over-time.ts'

/** Until when this person cannot write, in epoch milliseconds; null as soon as they can. */
export function useMutedUntil(): number | null {
  return useRoomOverTime(({ me: { mutedUntil } }, nowInMs) =>
    mutedUntil !== null && mutedUntil > (nowInMs ?? Date.now()) ? mutedUntil : null,
  )
}
