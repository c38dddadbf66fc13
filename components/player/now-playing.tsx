'use client'
import { useTranslations } from 'next-intl'
import { useMediaUrl } from '#components/app/use-media-url.ts'
import { useRoom } from '#components/room/use-room.ts'
import { Cover } from '#components/ui/cover.tsx'
import type { QueueItem } from '#lib/protocol/session-state.ts'

/** The song that is on: its picture, its name in large letters, who made it and who asked for it. */
export function NowPlaying({ item }: { item: QueueItem }) {
  const t = useTranslations()
  const mediaUrl = useMediaUrl()
  const isPaused = useRoom((view) => view.playback.status === 'paused')
  const djId = useRoom((view) => view.session.djId)
  const { track, addedBy, addedByName: name } = item
  const isOfDj = addedBy === djId
  return (
    <div className="flex items-end gap-4 sm:gap-6">
      <Cover id={track.id} src={mediaUrl(track.artworkPath)} className="size-24 sm:size-40 xl:size-56" />
      <div key={item.id} className="flex min-w-0 flex-1 animate-rise flex-col gap-1.5 sm:gap-2.5">
        <p className="label text-muted">
          {isPaused ? t('player.pausedBadge') : t(isOfDj ? 'player.chosenBy' : 'player.askedBy', { name })}
        </p>
        <h2 className="display line-clamp-3 break-words text-3xl sm:text-5xl xl:text-7xl">{track.title}</h2>
        <p className="truncate text-base text-muted sm:text-xl">
          {track.artist ?? t('common.unknownArtist')}
        </p>
      </div>
    </div>
  )
}
