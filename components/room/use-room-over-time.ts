'use client'
import { useCallback, useSyncExternalStore } from 'react'
import type { RoomView } from '#lib/client/session/view-state.ts'
import { useRoomContext } from './room-context.ts'

const lookEveryInMs = 1_000

/**
 * A slice of the room's view that time alone can change, hence the look every second.
 *
 * @param select is given the server's time in epoch milliseconds; null while that is unknown
 */
export function useRoomOverTime<T>(select: (view: RoomView, nowInMs: number | null) => T): T {
  const { session, clock, readView } = useRoomContext()
  const subscribe = useCallback(
    (listener: () => void) => {
      const unsubscribe = session.subscribe(listener)
      const timer = setInterval(listener, lookEveryInMs)
      return () => {
        unsubscribe()
        clearInterval(timer)
      }
    },
    [session],
  )
  const read = () => select(readView(), clock.serverNowInMs())
  return useSyncExternalStore(subscribe, read, read)
}
