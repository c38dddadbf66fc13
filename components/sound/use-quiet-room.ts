'use client'
import { useCallback } from 'react'
import { useRoomContext } from '#components/room/room-context.ts'

/** Silences one's own music while something else is to be heard; answers with what brings it back as it was. */
export function useQuietRoom(): () => () => void {
  const { audio } = useRoomContext()
  return useCallback(() => {
    if (!audio.getSnapshot().isListening) return () => {}
    audio.stop()
    return () => audio.start()
  }, [audio])
}
