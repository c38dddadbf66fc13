'use client'
import { lazy, Suspense } from 'react'
import { useIsInBrowser } from '#components/app/use-is-in-browser.ts'
import type { OpenRoomProps } from './open-room.tsx'
import { RoomLoading } from './room-loading.tsx'

/** Most of the app's code is the room's; the door is shown before it is there. */
const OpenRoom = lazy(async () => ({ default: (await import('./open-room.tsx')).OpenRoom }))

/** The room for somebody who has a name. */
export function RoomScreen(props: OpenRoomProps) {
  const isInBrowser = useIsInBrowser()
  const loading = <RoomLoading title={props.title} />
  return isInBrowser ? (
    <Suspense fallback={loading}>
      <OpenRoom {...props} />
    </Suspense>
  ) : (
    loading
  )
}
