'use client'
import { VolumeX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useStandingNews } from '#components/moderation/use-standing-news.ts'
import { OtherDevices } from '#components/player/other-devices.tsx'
import { silentRegion } from '#components/ui/silent-region.ts'
import { BrokenConnection } from './broken-connection.tsx'
import { useIsDjAway } from './use-is-dj-away.ts'
import { useAudio } from './use-room.ts'

/** What is not as usual: said once, without alarm, since the music goes on. */
export function RoomNotices() {
  const t = useTranslations()
  useStandingNews()
  const isDjAway = useIsDjAway()
  const hasNoSound = useAudio(({ phase }) => phase === 'failed')
  return (
    <div aria-live="polite" className={silentRegion}>
      <BrokenConnection />
      <OtherDevices />
      {hasNoSound ? (
        <p className="bubble mb-2 flex items-center gap-2 bg-warn-deep px-4 py-2.5 text-sm text-warn">
          <VolumeX className="size-4 shrink-0" aria-hidden="true" />
          {t('player.soundFailed')}
        </p>
      ) : null}
      {isDjAway ? <p className="label text-muted">{t('room.djAway')}</p> : null}
    </div>
  )
}
