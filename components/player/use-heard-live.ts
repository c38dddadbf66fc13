'use client'
import { useEffect, useState } from 'react'
import { useRoomContext } from '#components/room/room-context.ts'
import { useRoom } from '#components/room/use-room.ts'
import { audibleSpan, type LiveStream } from '#lib/domain/live/live.ts'

/** The live stream while it is heard, which is a little later than it is captured; else null. */
export function useHeardLive(): LiveStream | null {
  const { clock } = useRoomContext()
  const live = useRoom((view) => view.live)
  const [isHeard, setIsHeard] = useState(false)
  useEffect(() => {
    if (!live) return setIsHeard(false)
    const { fromInMs, untilInMs } = audibleSpan(live)
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      clearTimeout(timer)
      const nowInMs = clock.serverNowInMs()
      if (nowInMs === null) return
      setIsHeard(nowInMs >= fromInMs && nowInMs < untilInMs)
      const waitInMs = nowInMs < fromInMs ? fromInMs - nowInMs : untilInMs - nowInMs
      if (waitInMs > 0 && Number.isFinite(waitInMs)) timer = setTimeout(look, waitInMs)
    }
    look()
    const unsubscribe = clock.subscribe(look)
    return () => {
      clearTimeout(timer)
      unsubscribe()
    }
  }, [live, clock])
  return isHeard ? live : null
}
