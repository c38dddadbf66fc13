'use client'
import { useEffect, useState } from 'react'
import { personHere } from '#lib/client/auth/person-here.ts'
import type { ErrorCode } from '#lib/protocol/errors.ts'
import { RefusedRoom } from './refused-room.tsx'
import { RoomLoading } from './room-loading.tsx'

type TurnedAwayProps = {
  code: ErrorCode
  title: string
  /** Whom the room was opened for. */
  userId: string
}

/**
 * A room that is refused once it was opened. Where another tab has signed in somebody else meanwhile, it was they who were
 * refused: the room is opened anew, as theirs. In the browser alone.
 */
export function TurnedAway({ code, title, userId }: TurnedAwayProps) {
  const [isSomebodyElseHere] = useState(() => (personHere() ?? userId) !== userId)
  useEffect(() => {
    if (isSomebodyElseHere) window.location.reload()
  }, [isSomebodyElseHere])
  return isSomebodyElseHere ? <RoomLoading title={title} /> : <RefusedRoom code={code} title={title} />
}
