'use client'
import { useTranslations } from 'next-intl'
import type { UploadView } from '#lib/client/encoding/upload/upload-view.ts'
import { describeAll } from './describe-upload.ts'
import { UploadRow } from './upload-row.tsx'
import { UploadSummary } from './upload-summary.tsx'
import { useUploader } from './uploader-context.ts'

/** The files on their way into the library. Those that can be played show up among the tracks. */
export function UploadList() {
  const t = useTranslations('library')
  const { snapshot } = useUploader()
  const uploads = snapshot.uploads.filter((upload) => !upload.isPlayable || isSettledBadly(upload))
  if (uploads.length === 0 && !describeAll(snapshot.uploads).isBusy) return null
  return (
    <section aria-label={t('uploads')} className="flex flex-col gap-2">
      <UploadSummary />
      <ul className="flex max-h-96 flex-col gap-2 overflow-y-auto overscroll-contain">
        {uploads.map((upload) => (
          <li key={upload.id}>
            <UploadRow upload={upload} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function isSettledBadly({ phase }: UploadView): boolean {
  return phase === 'failed' || phase === 'refused'
}
