'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
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
 * A live room: its door for somebody without a name, and behind it the room. Who gives their name is inside at once: the
 * server draws the page once more when they have settled, and not while they wait for the music.
 */
export function RoomScreen({ head, userId, invitation, isDebugging }: RoomScreenProps) {
  const { id, slug, title, djName, share } = head
  const [enteredAs, setEnteredAs] = useState<string | null>(null)
  const router = useRouter()
  const personId = userId ?? enteredAs
  if (personId === null) return <RoomEntrance head={head} onEntered={setEnteredAs} />
  return (
    <OpenRoom
      sessionId={id}
      userId={personId}
      title={title}
      djName={djName}
      invitation={invitation}
      share={{ ...share, qrPath: `/api/qr/${slug}` }}
      isDebugging={isDebugging}
      onSettled={userId === null ? router.refresh : undefined}
    />
  )
}
