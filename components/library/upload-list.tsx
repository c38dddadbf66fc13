'use client'
import { useTranslations } from 'next-intl'
import { UploadRow } from './upload-row.tsx'
import { useUploader } from './uploader-context.ts'

/** The files on their way into the library. Those that made it show up among the tracks. */
export function UploadList() {
  const t = useTranslations('library')
  const { snapshot } = useUploader()
  const uploads = snapshot.uploads.filter(({ phase }) => phase !== 'published')
  if (uploads.length === 0) return null
  return (
    <section aria-label={t('uploads')}>
      <ul className="flex flex-col gap-2">
        {uploads.map((upload) => (
          <li key={upload.id}>
            <UploadRow upload={upload} />
          </li>
        ))}
      </ul>
    </section>
  )
}
