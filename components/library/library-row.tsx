'use client'
import { Ellipsis, PencilLine, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useMediaUrl } from '#components/app/use-media-url.ts'
import { formatDuration } from '#components/player/format-duration.ts'
import { buttonStyle } from '#components/ui/button-style.ts'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { Cover } from '#components/ui/cover.tsx'
import { Menu } from '#components/ui/menu.tsx'
import { MiniWaveform } from './mini-waveform.tsx'
import { RenameTrackDialog } from './rename-track-dialog.tsx'
import { TrackMusic } from './track-music.tsx'
import { TrackQuality } from './track-quality.tsx'
import type { PlayableTrack } from './use-library.ts'
import { useDeleteTrack } from './use-track-changes.ts'

/** A track of the library. One's own can be renamed and deleted. */
export function LibraryRow({ row }: { row: PlayableTrack }) {
  const t = useTranslations()
  const mediaUrl = useMediaUrl()
  const deleteTrack = useDeleteTrack()
  const [dialog, setDialog] = useState<'rename' | 'delete' | null>(null)
  const { id, title, artist, track, isStarter, bpm, musicalKey } = row
  return (
    <div className="flex items-center gap-3 py-2">
      <Cover id={id} src={mediaUrl(track.artworkPath)} className="size-12" />
      <div className="min-w-0 flex-1">
        <p className="truncate font-semibold">
          <bdi>{title}</bdi>
        </p>
        <p className="truncate text-muted text-sm">
          <bdi>{artist ?? t('common.unknownArtist')}</bdi>
        </p>
        <TrackQuality id={id} rest={row.rest} />
      </div>
      <MiniWaveform
        waveform={track.waveform}
        bands={track.waveformBands ?? null}
        className="hidden h-8 w-36 sm:block"
      />
      <TrackMusic row={row} />
      <span className="figures text-muted text-sm">{formatDuration(track.durationInMs)}</span>
      {isStarter ? null : (
        <Menu
          label={t('queue.actions', { title })}
          face={<Ellipsis className="size-5" aria-hidden="true" />}
          className={buttonStyle('quiet', 'icon', '-mr-2')}
          items={[
            { icon: PencilLine, label: t('library.renameTitle'), onClick: () => setDialog('rename') },
            { icon: Trash2, label: t('library.deleteConfirm'), onClick: () => setDialog('delete') },
          ]}
        />
      )}
      <RenameTrackDialog
        open={dialog === 'rename'}
        onOpenChange={(open) => setDialog(open ? 'rename' : null)}
        track={{ id, title, artist, bpm, musicalKey }}
      />
      <ConfirmDialog
        open={dialog === 'delete'}
        onOpenChange={(open) => setDialog(open ? 'delete' : null)}
        title={t('library.deleteTitle')}
        text={t('library.deleteText', { title })}
        confirm={t('library.deleteConfirm')}
        onConfirm={() => void deleteTrack(id)}
      />
    </div>
  )
}
