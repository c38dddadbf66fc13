'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { UploaderProvider } from '#components/library/uploader-provider.tsx'
import type { Share } from '#components/share/share.ts'
import type { SessionHead } from '#lib/protocol/session-heads.ts'
import { OpenRoom } from './open-room.tsx'
import { RoomEntrance } from './room-entrance.tsx'

type RoomScreenProps = {
  head: SessionHead & { share: Omit<Share, 'qrPath'> }
  /** Who is signed in, as far as the page knows. */
  userId: string | null
  invitation: string | null
  isDebugging: boolean
}

/**
 * A live room: its door for somebody without a name, and behind it the room. Who gives their name is inside at once. What the
 * server has drawn for nobody is drawn anew when they leave, and not in the room: where that fails, as without a network,
 * the browser loads the whole page, and the music is gone.
 */
export function RoomScreen({ head, userId, invitation, isDebugging }: RoomScreenProps) {
  const { id, slug, title, djName, share } = head
  const [enteredAs, setEnteredAs] = useState<string | null>(null)
  const router = useRouter()
  useEffect(() => {
    if (enteredAs !== null) return () => router.refresh()
  }, [enteredAs, router])
  const personId = userId ?? enteredAs
  if (personId === null) return <RoomEntrance head={head} onEntered={setEnteredAs} />
  const room = (
    <OpenRoom
      sessionId={id}
      userId={personId}
      title={title}
      djName={djName}
      invitation={invitation}
      share={{ ...share, qrPath: `/api/qr/${slug}` }}
      isDebugging={isDebugging}
    />
  )
  // What stands around every page does not know them yet.
  return enteredAs === null ? room : <UploaderProvider userId={enteredAs}>{room}</UploaderProvider>
}
