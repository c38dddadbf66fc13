'use client'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import useSWR from 'swr'
import type { SessionHead } from '#lib/protocol/session-heads.ts'
import { SessionList } from './session-list.tsx'

const refreshEveryInMs = 10_000

/** The page is there before what it takes to refresh it. */
const lobbyNow = () => import('./lobby-now.ts')

/** The lobby that the server rendered, kept fresh while somebody looks at it. */
export function LiveLobby({ sessions }: { sessions: SessionHead[] }) {
  const t = useTranslations('lobby')
  const { data, error } = useSWR('/api/lobby', async () => (await lobbyNow()).fetchLobby(), {
    fallbackData: { sessions },
    refreshInterval: refreshEveryInMs,
    revalidateOnMount: false,
  })
  useEffect(() => {
    // Without a network there is nothing new to keep.
    lobbyNow().then(
      ({ keepLobby }) => keepLobby(data.sessions),
      () => undefined,
    )
  }, [data.sessions])
  return (
    <>
      <SessionList sessions={data.sessions} />
      <p
        aria-live="polite"
        className="mx-auto w-full max-w-7xl px-4 pt-3 text-sm text-warn empty:hidden sm:px-8"
      >
        {error ? t('stale') : null}
      </p>
    </>
  )
}
