'use client'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { limits } from '#lib/domain/limits/limits.ts'
import { renameTrackSchema } from '#lib/protocol/tracks.ts'
import { useRenameTrack } from './use-track-changes.ts'

type RenameTrackDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  track: { id: string; title: string; artist: string | null }
}

export function RenameTrackDialog({ open, onOpenChange, track }: RenameTrackDialogProps) {
  const t = useTranslations('library')
  const renameTrack = useRenameTrack()

  const save = async (form: FormData) => {
    const artist = String(form.get('artist') ?? '').trim()
    const name = renameTrackSchema.safeParse({
      title: form.get('title'),
      artist: artist === '' ? null : artist,
    })
    if (name.success && (await renameTrack(track.id, name.data))) onOpenChange(false)
  }

  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('renameTitle')}>
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
        />
        <TextField
          label={t('trackArtist')}
          name="artist"
          defaultValue={track.artist ?? ''}
          maxLength={limits.trackTitleMaxLength}
        />
        <Button type="submit">{t('save')}</Button>
      </form>
    </Dialog>
  )
}
