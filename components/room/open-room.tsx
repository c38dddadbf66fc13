'use client'
import type { Share } from '#components/share/share.ts'
import { ConnectedRoom } from './connected-room.tsx'
import { RoomLoading } from './room-loading.tsx'
import { useRoomEngines } from './use-room-engines.ts'

type OpenRoomProps = {
  sessionId: string
  title: string
  djName: string
  userId: string
  invitation: string | null
  share: Share
  isDebugging: boolean
}

/** The room for somebody who has a name, from its engines on. */
export function OpenRoom({ sessionId, userId, invitation, ...rest }: OpenRoomProps) {
  const engines = useRoomEngines({ userId, sessionId, invitation })
  if (!engines) return <RoomLoading title={rest.title} />
  return <ConnectedRoom engines={engines} {...rest} />
}
