'use client'
import { Share2, Users } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Mark } from '#components/brand/mark.tsx'
import { OnAirDot } from '#components/brand/on-air-dot.tsx'
import { SyncChip } from '#components/player/sync-chip.tsx'
import { Button } from '#components/ui/button.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { ConnectionState } from './connection-state.tsx'
import { RoomMenu } from './room-menu.tsx'
import { useRoom } from './use-room.ts'

type RoomHeaderProps = { djName: string; onShare: () => void; onShortcuts: () => void; onEnd: () => void }

/** Which room this is, whether it is on air, and how close one's own sound is to it. */
export function RoomHeader({ djName, onShare, onShortcuts, onEnd }: RoomHeaderProps) {
  const t = useTranslations()
  const title = useRoom((view) => view.session.title)
  const isPlaying = useRoom((view) => view.playback.status === 'playing')
  const hereCount = useRoom((view) => view.hereCount)
  return (
    <header className="flex items-center gap-3 border-line border-b px-3 py-1.5 lg:px-5 lg:py-2">
      {/* Not fetched ahead: everybody who comes would make the server draw the lobby, and few go there soon. */}
      <Link
        href="/"
        prefetch={false}
        aria-label={t('room.leave')}
        className="flex size-11 shrink-0 items-center justify-center"
      >
        <Mark className="size-8" />
      </Link>
      <div className="min-w-0 flex-1">
        <h1 className="display line-clamp-2 text-balance text-xl leading-tight [overflow-wrap:anywhere] lg:line-clamp-1 lg:text-2xl">
          {title}
        </h1>
        <p className="flex items-center gap-2 text-muted text-sm leading-tight">
          {isPlaying ? (
            <span className="label flex shrink-0 items-center gap-1.5 whitespace-nowrap text-ember">
              <OnAirDot className="size-2" />
              {/* On a phone the dot says it, and the name has its place. */}
              <span className="max-sm:sr-only">{t('room.onAir')}</span>
            </span>
          ) : null}
          <span className="truncate">{t('room.withDj', { name: djName })}</span>
          <ConnectionState />
          <span className="figures flex items-center gap-1">
            <Users className="size-3.5" aria-hidden="true" />
            <span className="sr-only">{t('people.count', { count: hereCount })}</span>
            <span aria-hidden="true">{hereCount}</span>
          </span>
        </p>
      </div>
      <div className="hidden lg:block">
        <SyncChip />
      </div>
      <Button look="outline" onClick={onShare} className="max-sm:hidden">
        <Share2 className="size-4" aria-hidden="true" />
        {t('room.share')}
      </Button>
      <IconButton label={t('room.share')} onClick={onShare} className="sm:hidden">
        <Share2 className="size-5" aria-hidden="true" />
      </IconButton>
      <RoomMenu onShortcuts={onShortcuts} onEnd={onEnd} />
    </header>
  )
}
