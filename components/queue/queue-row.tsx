'use client'
import { Pin } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useMediaUrl } from '#components/app/use-media-url.ts'
import { formatDuration } from '#components/player/format-duration.ts'
import { useRoom } from '#components/room/use-room.ts'
import { Cover } from '#components/ui/cover.tsx'
import type { ViewQueueItem } from '#lib/client/session/view-state.ts'
import { VoteButton } from './vote-button.tsx'

type QueueRowProps = { item: ViewQueueItem; handle?: ReactNode; menu: ReactNode }

/** A waiting song: what it is, who asked for it, and its votes. */
export function QueueRow({ item, handle, menu }: QueueRowProps) {
  const t = useTranslations()
  const mediaUrl = useMediaUrl()
  const isOwn = useRoom((view) => view.me.userId === item.addedBy)
  const { track, pinnedOrder } = item
  return (
    <div className="flex items-center gap-3 py-2">
      {handle}
      <Cover id={track.id} src={mediaUrl(track.artworkPath)} className="size-12" />
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-1.5">
          {pinnedOrder === null ? null : (
            <Pin className="size-3.5 shrink-0 text-volt" aria-label={t('queue.pinned')} role="img" />
          )}
          <span className="truncate font-semibold">{track.title}</span>
        </p>
        <p className="truncate text-muted text-sm">
          <bdi>{track.artist ?? t('common.unknownArtist')}</bdi>
        </p>
        <p className="flex min-w-0 gap-2 text-muted text-xs">
          <span className="figures">{formatDuration(track.durationInMs)}</span>
          <bdi className="truncate">{isOwn ? t('queue.byYou') : item.addedByName}</bdi>
        </p>
      </div>
      <VoteButton item={item} />
      {menu}
    </div>
  )
}
