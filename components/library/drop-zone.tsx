'use client'
import { FileAudio } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { useMyLimits } from '#components/plus/use-my-limits.ts'
import { Button } from '#components/ui/button.tsx'
import { classNames } from '#components/ui/class-names.ts'
import { Switch } from '#components/ui/switch.tsx'
import { useUploader } from './uploader-context.ts'
import { useTrimsSilence } from './use-trims-silence.ts'

const accepted = 'audio/*,.mp3,.wav,.flac,.m4a,.aac,.ogg,.oga,.opus'

/** Takes music in: dropped, or chosen. What is no music is refused by name, not ignored. */
export function DropZone() {
  const t = useTranslations()
  const { uploader, snapshot } = useUploader()
  const [trimsSilence, setTrimsSilence] = useTrimsSilence()
  const [isOver, setIsOver] = useState(false)
  const { trackMaxInMinutes } = useMyLimits()
  const inputRef = useRef<HTMLInputElement>(null)

  const add = (files: FileList | null) => {
    if (files && files.length > 0) uploader?.add([...files], { trimsSilence })
  }

  return (
    <fieldset
      aria-label={t('library.drop')}
      onDragOver={(event) => {
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setIsOver(false)
        add(event.dataTransfer.files)
      }}
      className={classNames(
        'bubble flex flex-wrap items-center gap-3 border border-dashed px-5 py-6 transition-colors sm:gap-5',
        isOver ? 'border-volt bg-volt-deep' : 'border-edge bg-sunken',
      )}
    >
      <FileAudio
        className={classNames('size-9 shrink-0 max-sm:hidden', isOver ? 'text-volt' : 'text-muted')}
        aria-hidden="true"
      />
      <div className="min-w-[min(16rem,100%)] flex-1">
        <p className="font-semibold">{isOver ? t('library.dropActive') : t('library.drop')}</p>
        <p className="text-muted text-sm">{t('library.dropText')}</p>
        <p className="text-muted text-sm">{t('library.dropLimit', { minutes: trackMaxInMinutes })}</p>
        <Switch label={t('library.trimSilence')} checked={trimsSilence} onCheckedChange={setTrimsSilence} />
        {snapshot.isAvailable ? null : <p className="text-sm text-warn">{t('refusals.needs_https')}</p>}
      </div>
      <Button
        look="outline"
        disabled={!uploader || !snapshot.isAvailable}
        onClick={() => inputRef.current?.click()}
      >
        {t('library.choose')}
      </Button>
      <input
        ref={inputRef}
        type="file"
        accept={accepted}
        multiple
        hidden
        onChange={(event) => {
          add(event.currentTarget.files)
          event.currentTarget.value = ''
        }}
      />
    </fieldset>
  )
}
