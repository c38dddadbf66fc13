'use client'
import { FileAudio } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { useUploader } from '#components/library/uploader-context.ts'
import { useTrimsSilence } from '#components/library/use-trims-silence.ts'
import { Button } from '#components/ui/button.tsx'
import { forgetSharedFiles, readSharedFiles } from '#lib/client/service-worker/shared-files.ts'

/** The files that were shared into the app, and the question whether they belong in the library. */
export function SharedFiles() {
  const t = useTranslations()
  const router = useRouter()
  const { uploader, snapshot } = useUploader()
  const [trimsSilence] = useTrimsSilence()
  const [files, setFiles] = useState<readonly File[] | null>(null)
  useEffect(() => void readSharedFiles().then(setFiles), [])

  const leave = async (path: string) => {
    await forgetSharedFiles()
    router.replace(path)
  }
  const add = async () => {
    uploader?.add(files ?? [], { trimsSilence })
    await leave('/studio')
  }

  if (!files) return null
  if (files.length === 0) return <p className="text-lg text-muted">{t('shared.nothing')}</p>
  return (
    <>
      <ul className="flex flex-col gap-3">
        {Object.entries(files).map(([place, { name }]) => (
          <li key={place} className="flex items-center gap-3">
            <FileAudio className="size-6 shrink-0 text-muted" aria-hidden="true" />
            <bdi className="min-w-0 truncate font-semibold">{name}</bdi>
          </li>
        ))}
      </ul>
      <p className="text-lg text-muted">{t('shared.text')}</p>
      <div className="flex flex-wrap gap-3">
        <Button size="large" disabled={!uploader || !snapshot.isAvailable} onClick={() => void add()}>
          {t('shared.add', { count: files.length })}
        </Button>
        <Button size="large" look="outline" onClick={() => void leave('/')}>
          {t('shared.discard')}
        </Button>
      </div>
    </>
  )
}
