'use client'
import { useEffect, useState } from 'react'
import useSWR from 'swr'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { useRoomContext } from '#components/room/room-context.ts'
import { useRoom } from '#components/room/use-room.ts'
import { tipOfferSchema } from '#lib/protocol/tips.ts'
import { crowdSpreadInMs } from './crowd-spread.ts'

/** An account that begins or ceases to take tips is not told by an event. */
const refreshEveryInMs = 30_000

/** Whether the DJ can be tipped, and in what; undefined while that is not known, or tips are off. */
export function useTipOffer() {
  const config = usePublicConfig()
  const { readView } = useRoomContext()
  const sessionId = useRoom((view) => view.session.id)
  const hasTurn = useTurn()
  const path = `/api/sessions/${sessionId}/tips`
  const { data, error } = useSWR(
    config.payments !== 'off' && hasTurn ? path : null,
    () => authClientOf(config).request(path, tipOfferSchema),
    {
      refreshInterval: () => Math.max(refreshEveryInMs, crowdSpreadInMs(readView().memberCount)),
      revalidateOnFocus: false,
    },
  )
  return { offer: data, hasFailed: error !== undefined }
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
