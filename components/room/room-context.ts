'use client'
import { createContext, useContext } from 'react'
import type { RoomView } from '#lib/client/session/view-state.ts'
import type { RoomEngines } from './room-engines.ts'

export type Room = RoomEngines & {
  /** The room's view; the last one, once the room is refused. */
  readView: () => RoomView
}

export const RoomContext = createContext<Room | null>(null)

/** The room around a view. */
export function useRoomContext(): Room {
  const room = useContext(RoomContext)
  if (!room) throw new Error('A part of the room stands outside of it')
  return room
}
