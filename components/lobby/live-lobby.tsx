'use client'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import useSWR from 'swr'
import { seenLobby } from '#lib/client/offline/seen.ts'
import type { SessionHead } from '#lib/protocol/session-heads.ts'
import { SessionList } from './session-list.tsx'

const refreshEveryInMs = 10_000

/** The page is there before what it takes to refresh it. */
const fetchLobby = async () => (await import('./fetch-lobby.ts')).fetchLobby()

/** The lobby that the server rendered, kept fresh while somebody looks at it. */
export function LiveLobby({ sessions }: { sessions: SessionHead[] }) {
  const t = useTranslations('lobby')
  const { data, error } = useSWR('/api/lobby', fetchLobby, {
    fallbackData: { sessions },
    refreshInterval: refreshEveryInMs,
    revalidateOnMount: false,
  })
  useEffect(() => seenLobby.keep(data.sessions), [data.sessions])
  return (
    <>
      <SessionList sessions={data.sessions} />
      <div aria-live="polite">
        {error ? (
          <p className="mx-auto w-full max-w-7xl px-4 pt-3 text-sm text-warn sm:px-8">{t('stale')}</p>
        ) : null}
      </div>
    </>
  )
}
