'use client'
import useSWR from 'swr'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { listeningSummarySchema } from '#lib/protocol/listening.ts'

const refreshEveryInMs = 15_000

/** How the room hears, asked for every 15 s; for whoever looks after the session. */
export function useListeningSummary(sessionId: string) {
  const config = usePublicConfig()
  const path = `/api/sessions/${sessionId}/listening`
  return useSWR(path, () => authClientOf(config).request(path, listeningSummarySchema), {
    refreshInterval: refreshEveryInMs,
    keepPreviousData: true,
    revalidateOnFocus: false,
    shouldRetryOnError: false,
  })
}
