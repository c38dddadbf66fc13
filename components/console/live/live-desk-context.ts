'use client'
import { createContext, useContext, useSyncExternalStore } from 'react'
import type { DeskSnapshot, LiveDesk } from '#lib/client/live/live-desk.ts'

/** Null for whoever cannot go on air here. */
export const LiveDeskContext = createContext<LiveDesk | null>(null)

export function useLiveDesk(): LiveDesk {
  const desk = useContext(LiveDeskContext)
  if (!desk) throw new Error('A part of the live desk stands outside of it')
  return desk
}

/** A slice of what the desk does. */
export function useDesk<T>(select: (desk: DeskSnapshot) => T): T {
  const desk = useLiveDesk()
  const read = () => select(desk.getSnapshot())
  return useSyncExternalStore(desk.subscribe, read, read)
}
