'use client'
import { lazy, Suspense, useState } from 'react'
import { useIsInBrowser } from '#components/app/use-is-in-browser.ts'
import type { Share } from '#components/share/share.ts'
import type { SessionHead } from '#lib/protocol/session-heads.ts'
import { loadOpenRoom } from './preload-room.ts'
import { RoomEntrance } from './room-entrance.tsx'
import { RoomLoading } from './room-loading.tsx'

type RoomScreenProps = {
  head: SessionHead & { share: Omit<Share, 'qrPath'> }
  /** Who is signed in, as far as the page knows. */
  userId: string | null
  invitation: string | null
  isDebugging: boolean
}

const OpenRoom = lazy(async () => ({ default: (await loadOpenRoom()).OpenRoom }))

/**
 * A live room: its door for somebody without a name, and behind it the room. Who gives their name is inside at once, and
 * stays there when the page, which the server draws once more, has heard of them.
 */
export function RoomScreen({ head, userId, invitation, isDebugging }: RoomScreenProps) {
  const { id, slug, title, djName, share } = head
  const isInBrowser = useIsInBrowser()
  const [enteredAs, setEnteredAs] = useState<string | null>(null)
  const personId = userId ?? enteredAs
  if (personId === null) return <RoomEntrance head={head} onEntered={setEnteredAs} />
  const loading = <RoomLoading title={title} />
  return isInBrowser ? (
    <Suspense fallback={loading}>
      <OpenRoom
        sessionId={id}
        userId={personId}
        title={title}
        djName={djName}
        invitation={invitation}
        share={{ ...share, qrPath: `/api/qr/${slug}` }}
        isDebugging={isDebugging}
      />
    </Suspense>
  ) : (
    loading
  )
}
