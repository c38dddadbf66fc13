'use client'
import { useFormatter, useTranslations } from 'next-intl'
import { useUploader } from '#components/library/uploader-context.ts'
import { useRoom } from '#components/room/use-room.ts'
import { Button } from '#components/ui/button.tsx'
import { notify } from '#components/ui/toasts.ts'
import { useDesk, useLiveDesk } from './live-desk-context.ts'

/** After a live set: its recording, whole even where the network was not, can become a track of the DJ's library. */
export function RecordingCard() {
  const t = useTranslations('live')
  const format = useFormatter()
  const desk = useLiveDesk()
  const { uploader } = useUploader()
  const recording = useDesk((state) => state.recording)
  const title = useRoom((view) => view.session.title)
  if (!recording) return null
  const toFile = () => {
    const day = format.dateTime(new Date(), { dateStyle: 'medium' })
    return recording.toFile(`${title} ${day}.m4a`.replaceAll(/[/\\:]/g, '-'))
  }
  const keep = () => {
    uploader?.add([toFile()])
    desk.forgetRecording()
    notify(t('kept'))
  }
  const download = () => {
    const file = toFile()
    const link = document.createElement('a')
    link.href = URL.createObjectURL(file)
    link.download = file.name
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  }
  return (
    <section
      aria-label={t('recording')}
      className="flex flex-wrap items-center gap-2 border-line border-t pt-3"
    >
      <p className="min-w-48 flex-1 text-sm">{t('recordingText')}</p>
      <Button onClick={keep} disabled={!uploader}>
        {t('keep')}
      </Button>
      <Button look="outline" onClick={download}>
        {t('download')}
      </Button>
      <Button look="quiet" onClick={desk.forgetRecording}>
        {t('discard')}
      </Button>
    </section>
  )
}
