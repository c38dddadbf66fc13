'use client'
import { useTranslations } from 'next-intl'
import { OnAirDot } from '#components/brand/on-air-dot.tsx'
import { useRoom } from '#components/room/use-room.ts'
import { silentRegion } from '#components/ui/silent-region.ts'
import { useHeardLive } from './use-heard-live.ts'

/** Whose live sound is heard right now: it says so when the first word is heard, and no longer than the last. */
export function LiveBanner() {
  const t = useTranslations('live')
  const live = useHeardLive()
  const name = useRoom(
    ({ session, members }) => members.find(({ userId }) => userId === session.djId)?.name ?? 'DJ',
  )
  return (
    <div role="status" className={silentRegion} data-testid="live">
      {live ? (
        <p className="flex items-center gap-2 text-sm">
          <OnAirDot />
          {live.mode === 'set' ? t('isPlayingLive', { name }) : t('isTalking', { name })}
        </p>
      ) : null}
    </div>
  )
}
