'use client'
import { Check, Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useMediaUrl } from '#components/app/use-media-url.ts'
import { formatDuration } from '#components/player/format-duration.ts'
import { useCommand, useRoom } from '#components/room/use-room.ts'
import { Button } from '#components/ui/button.tsx'
import { Cover } from '#components/ui/cover.tsx'
import { Spinner } from '#components/ui/spinner.tsx'
import { notify } from '#components/ui/toasts.ts'
import type { CatalogueTrack } from '#lib/protocol/catalogue.ts'
import { useMayAsk } from './use-may-ask.ts'

/** A track that can be asked for, or that waits already. */
export function AskRow({ track }: { track: CatalogueTrack }) {
  const t = useTranslations()
  const mediaUrl = useMediaUrl()
  const command = useCommand()
  const [isSending, setIsSending] = useState(false)
  const isQueued = useRoom((view) => view.queue.some((item) => item.track.id === track.id))
  const mayAsk = useMayAsk()
  const { title } = track

  const ask = async () => {
    if (!mayAsk) return notify(t('room.requestsClosed'), 'warn')
    setIsSending(true)
    const result = await command({ kind: 'queue.add', trackId: track.id })
    setIsSending(false)
    if (result.ok) notify(t('queue.added', { title }))
  }

  return (
    <div className="flex items-center gap-3 py-2">
      <Cover id={track.id} src={mediaUrl(track.artworkPath)} className="size-12" />
      <div className="min-w-0 flex-1">
        <p className="truncate font-semibold">
          <bdi>{title}</bdi>
        </p>
        <p className="flex min-w-0 gap-2 text-muted text-sm">
          <bdi className="truncate">{track.artist ?? t('common.unknownArtist')}</bdi>
          <span className="figures">{formatDuration(track.durationInMs)}</span>
          {track.bpm ? <span className="figures">{t('library.bpm', { bpm: track.bpm })}</span> : null}
          {track.musicalKey ? <span className="figures">{track.musicalKey}</span> : null}
        </p>
      </div>
      {isQueued ? (
        <span className="flex min-h-11 items-center gap-1.5 px-2 text-sm text-volt">
          <Check className="size-4" aria-hidden="true" />
          {t('queue.alreadyIn')}
        </span>
      ) : (
        <Button
          look="outline"
          disabled={isSending}
          aria-disabled={mayAsk ? undefined : true}
          onClick={() => void ask()}
          aria-label={t('library.addTrack', { title })}
        >
          {isSending ? <Spinner /> : <Plus className="size-4" aria-hidden="true" />}
          {t('library.add')}
        </Button>
      )}
    </div>
  )
}
