'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Select } from '#components/ui/select.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { musicalKeys, wheelCode } from '#lib/domain/audio/musical-key.ts'
import { limits } from '#lib/domain/limits/limits.ts'
import { changeTrackSchema, type LibraryTrack } from '#lib/protocol/tracks.ts'
import { useChangeTrack } from './use-track-changes.ts'

type RenameTrackDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  track: Pick<LibraryTrack, 'id' | 'title' | 'artist' | 'bpm' | 'musicalKey'>
}

/** The DJ's own words on a track: what it is called, how fast it is and in which key. */
export function RenameTrackDialog({ open, onOpenChange, track }: RenameTrackDialogProps) {
  const t = useTranslations('library')
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('renameTitle')}>
      <TrackForm track={track} onSaved={() => onOpenChange(false)} />
    </Dialog>
  )
}

function TrackForm({ track, onSaved }: { track: RenameTrackDialogProps['track']; onSaved: () => void }) {
  const t = useTranslations('library')
  const changeTrack = useChangeTrack()
  const [isUntitled, setIsUntitled] = useState(false)

  const save = async (form: FormData) => {
    const artist = String(form.get('artist') ?? '').trim()
    const change = changeTrackSchema.safeParse({
      title: form.get('title'),
      artist: artist === '' ? null : artist,
      music: { bpm: Number(form.get('bpm')) || null, musicalKey: form.get('musicalKey') || null },
    })
    // The browser sees to the rest; to it, spaces are a title.
    setIsUntitled(!change.success)
    if (change.success && (await changeTrack(track.id, change.data))) onSaved()
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save(new FormData(event.currentTarget))
      }}
      className="flex flex-col gap-4"
    >
      <TextField
        label={t('trackTitle')}
        name="title"
        required
        defaultValue={track.title}
        maxLength={limits.trackTitleMaxLength}
        error={isUntitled ? t('trackTitleWrong') : undefined}
      />
      <TextField
        label={t('trackArtist')}
        name="artist"
        defaultValue={track.artist ?? ''}
        maxLength={limits.trackTitleMaxLength}
      />
      <div className="grid grid-cols-2 gap-4">
        <TextField
          label={t('trackBpm')}
          name="bpm"
          type="number"
          inputMode="decimal"
          min={20}
          max={400}
          step={0.1}
          defaultValue={track.bpm ?? ''}
        />
        <Select label={t('trackKey')} name="musicalKey" defaultValue={track.musicalKey ?? ''}>
          <option value="">{t('keyUnknown')}</option>
          {musicalKeys.map((key) => (
            <option key={key} value={key}>{`${key} · ${wheelCode(key)}`}</option>
          ))}
        </Select>
      </div>
      <Button type="submit">{t('save')}</Button>
    </form>
  )
}
