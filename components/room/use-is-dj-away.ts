'use client'
import { useCallback, useSyncExternalStore } from 'react'
import { useRoomContext } from './room-context.ts'

const lookEveryInMs = 1_000

/** Whether the DJ's lease has run out while music plays. Time alone can make it so, hence the look every second. */
export function useIsDjAway(): boolean {
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
  const read = () => {
    const { playback, dj } = readView()
    const nowInMs = clock.serverNowInMs()
    if (playback.status !== 'playing' || nowInMs === null) return false
    return dj.presentUntil === null || dj.presentUntil < nowInMs
  }
  return useSyncExternalStore(subscribe, read, read)
}
