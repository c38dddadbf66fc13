'use client'
import { useSyncExternalStore } from 'react'
import { useRoomContext } from '#components/room/room-context.ts'
import type { OtherDevicesSnapshot } from '#lib/client/listening/other-devices.ts'

/** A slice of what is known of this person's other devices. */
export function useOtherDevices<T>(select: (devices: OtherDevicesSnapshot) => T): T {
  const { otherDevices } = useRoomContext()
  const read = () => select(otherDevices.getSnapshot())
  return useSyncExternalStore(otherDevices.subscribe, read, read)
}
