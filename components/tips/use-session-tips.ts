'use client'
import { useEffect, useState } from 'react'
import useSWR from 'swr'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { useRoomContext } from '#components/room/room-context.ts'
import { useRoom } from '#components/room/use-room.ts'
import { sessionTipsSchema } from '#lib/protocol/tips.ts'
import { crowdSpreadInMs } from './crowd-spread.ts'

/** A goal that was set is not told by an event. */
const refreshEveryInMs = 30_000

/** Whether the DJ can be tipped, in what, and how the evening goes; undefined while that is not known, or tips are off. */
export function useSessionTips() {
  const config = usePublicConfig()
  const { readView } = useRoomContext()
  const sessionId = useRoom((view) => view.session.id)
  const hasTurn = useTurn()
  const path = `/api/sessions/${sessionId}/tips`
  const { data, error, mutate } = useSWR(
    config.payments !== 'off' && hasTurn ? path : null,
    () => authClientOf(config).request(path, sessionTipsSchema),
    {
      refreshInterval: () => Math.max(refreshEveryInMs, crowdSpreadInMs(readView().memberCount)),
      revalidateOnFocus: false,
    },
  )
  return { tips: data, hasFailed: error !== undefined, refresh: mutate }
}

/** Asks for the figures again after a tip. Of all that show them, one part of the room has this. */
export function useRefreshAfterTips(refresh: () => Promise<unknown>): void {
  const { readView } = useRoomContext()
  const newestId = useRoom((view) => view.tips.at(-1)?.tipId)
  useEffect(() => {
    if (!newestId) return
    const waitInMs = Math.random() * crowdSpreadInMs(readView().memberCount)
    const timer = setTimeout(() => void refresh(), waitInMs)
    return () => clearTimeout(timer)
  }, [newestId, refresh, readView])
}

/** A crowd that comes in at the same moment does not ask at the same moment. */
function useTurn(): boolean {
  const { readView } = useRoomContext()
  const [hasTurn, setHasTurn] = useState(false)
  useEffect(() => {
    const waitInMs = Math.random() * crowdSpreadInMs(readView().memberCount)
    const timer = setTimeout(() => setHasTurn(true), waitInMs)
    return () => clearTimeout(timer)
  }, [readView])
  return hasTurn
}
