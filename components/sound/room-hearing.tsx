'use client'
import { Ear } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRoom } from '#components/room/use-room.ts'
import { Popover } from '#components/ui/popover.tsx'
import type { OpenerProps } from '#components/ui/use-opener.ts'
import { RoomFigures } from './room-figures.tsx'
import { shareInSync } from './share-in-sync.ts'
import { useListeningSummary } from './use-listening-summary.ts'

/** How the room hears, for whoever looks after it: how many, how close, and whether it is interrupted. */
export function RoomHearing() {
  const t = useTranslations('hearing')
  const sessionId = useRoom((view) => view.session.id)
  const { data: summary } = useListeningSummary(sessionId)
  if (!summary) return null
  const percent = shareInSync(summary)
  const { listening, stalls, reports } = summary
  const button = (opener: OpenerProps) => (
    <button
      type="button"
      {...opener}
      data-testid="room-hearing"
      className="inline-flex min-h-11 items-center gap-2 rounded-full px-3 text-sm hover:bg-control aria-expanded:bg-control"
    >
      <Ear className="size-4 text-muted" aria-hidden="true" />
      <span>{t('listening', { count: listening })}</span>
      {percent === null ? null : (
        <span className={percent >= 90 ? 'figures text-volt' : 'figures text-warn'}>
          {t('inSync', { percent })}
        </span>
      )}
    </button>
  )
  return (
    <Popover button={button} title={t('title')}>
      <ul className="flex flex-col gap-1.5">
        <li>{t('listeningOf', { count: listening, reports })}</li>
        {percent === null ? null : <li>{t('inSyncText', { percent })}</li>}
        <li>{t('stalls', { count: stalls })}</li>
      </ul>
      <RoomFigures summary={summary} />
      <p className="mt-3">{t('honest')}</p>
    </Popover>
  )
}
