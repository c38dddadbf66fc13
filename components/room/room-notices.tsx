'use client'
import { WifiOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useIsDjAway } from './use-is-dj-away.ts'
import { useRoom } from './use-room.ts'

/** What is not as usual: said once, without alarm, since the music goes on. */
export function RoomNotices() {
  const t = useTranslations('room')
  const isBroken = useRoom((view) => view.connection.status === 'broken')
  const isDjAway = useIsDjAway()
  return (
    <div aria-live="polite" className="empty:hidden">
      {isBroken ? (
        <p className="bubble mb-2 flex items-center gap-2 bg-warn-deep px-4 py-2.5 text-sm text-warn">
          <WifiOff className="size-4 shrink-0" aria-hidden="true" />
          {t('reconnecting')}
        </p>
      ) : null}
      {isDjAway ? <p className="label text-muted">{t('djAway')}</p> : null}
    </div>
  )
}
