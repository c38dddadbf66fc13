'use client'
import { useSyncExternalStore } from 'react'
import { useRoomContext } from '#components/room/room-context.ts'
import type { SoundSnapshot } from '#lib/client/calibration/sound-settings.ts'

/** A slice of how this browser plays. */
export function useSound<T>(select: (sound: SoundSnapshot) => T): T {
  const { sound } = useRoomContext()
  const read = () => select(sound.getSnapshot())
  return useSyncExternalStore(sound.subscribe, read, read)
}
