'use client'
import { lazy, Suspense } from 'react'
import { useIsInBrowser } from '#components/app/use-is-in-browser.ts'
import type { OpenRoomProps } from './open-room.tsx'
import { loadOpenRoom } from './preload-room.ts'
import { RoomLoading } from './room-loading.tsx'

const OpenRoom = lazy(async () => ({ default: (await loadOpenRoom()).OpenRoom }))

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
