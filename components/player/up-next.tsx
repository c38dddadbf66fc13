'use client'
import { useTranslations } from 'next-intl'
import { useRoom } from '#components/room/use-room.ts'
import type { RoomView } from '#lib/client/session/view-state.ts'

/** The song that is committed to follow: it has left the queue, and no vote moves it any more. */
export function UpNext({ currentItemId }: { currentItemId: string }) {
  const t = useTranslations('player')
  const next = useRoom(committedNext)
  if (!next || next.id === currentItemId) return null
  const { title, artist } = next.track
  return (
    <p className="-mt-1 flex min-w-0 items-baseline gap-3 lg:-mt-3">
      <span className="label shrink-0 text-muted">{t('upNext')}</span>
      <bdi className="truncate">{[title, artist].filter(Boolean).join(' · ')}</bdi>
    </p>
  )
}

function committedNext({ playback, itemsById }: RoomView) {
  if (playback.status !== 'playing' || !playback.next) return null
  return itemsById[playback.next.itemId] ?? null
}
