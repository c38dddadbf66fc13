'use client'
import type { QueueItem } from '#lib/protocol/session-state.ts'
import { useAudio, useRoom } from './use-room.ts'

/** The item that the timeline says is on now; null in silence. */
export function useCurrentItem(): QueueItem | null {
  const itemId = useAudio((audio) => audio.itemId)
  return useRoom((view) => (itemId ? (view.itemsById[itemId] ?? null) : null))
}
