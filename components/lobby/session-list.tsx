'use client'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { OnAirDot } from '#components/brand/on-air-dot.tsx'
import { anchors } from '#components/shell/anchors.ts'
import type { SessionHead } from '#lib/protocol/session-heads.ts'
import { EmptyLobby } from './empty-lobby.tsx'
import { SessionCard } from './session-card.tsx'

/** Who is on air now: only what is real. */
export function SessionList({ sessions }: { sessions: readonly SessionHead[] }) {
  const t = useTranslations('lobby')
  const titleId = useId()
  return (
    <section id={anchors.onAir} aria-labelledby={titleId} className="scroll-mt-6">
      <div className="mx-auto flex w-full max-w-7xl flex-col gap-6 px-4 sm:px-8">
        <div className="flex items-baseline gap-4">
          <h2 id={titleId} className="display flex items-center gap-3 text-4xl sm:text-5xl">
            {sessions.length > 0 ? <OnAirDot className="size-3.5" /> : null}
            {t('title')}
          </h2>
          <p className="label text-muted" aria-live="polite">
            {t('count', { count: sessions.length })}
          </p>
        </div>
        {sessions.length > 0 ? (
          <ul className="grid grid-cols-[minmax(0,1fr)] gap-3 sm:grid-cols-2 sm:gap-4 lg:grid-cols-4">
            {sessions.map((session) => (
              <li key={session.id} className="animate-rise">
                <SessionCard session={session} />
              </li>
            ))}
          </ul>
        ) : (
          <EmptyLobby />
        )}
      </div>
    </section>
  )
}
