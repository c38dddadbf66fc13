'use client'
import { useTranslations } from 'next-intl'
import { isSettled } from '#lib/client/encoding/upload/upload-view.ts'
import type { LibraryTrack } from '#lib/protocol/tracks.ts'
import { useUploader } from './uploader-context.ts'

/** Says of a track that has not all its qualities whether they are on their way; nothing of all others. */
export function TrackQuality({ id, rest }: Pick<LibraryTrack, 'id' | 'rest'>) {
  const t = useTranslations('library')
  const { snapshot } = useUploader()
  if (rest === null) return null
  const isComing =
    rest === 'uploaded' || snapshot.uploads.some((upload) => upload.id === id && !isSettled(upload))
  return <p className="text-muted text-sm">{isComing ? t('restComing') : t('restMissing')}</p>
}
