'use client'
import { useTranslations } from 'next-intl'
import { errorCodeOf } from '#components/app/error-code-of.ts'
import { Spinner } from '#components/ui/spinner.tsx'
import { useLater } from '#components/ui/use-later.ts'
import { DropZone } from './drop-zone.tsx'
import { StarterTracks } from './starter-tracks.tsx'
import { Tracks } from './tracks.tsx'
import { UploadList } from './upload-list.tsx'
import { useLibrary } from './use-library.ts'

const loadRecordings = () =>
  import('#components/recordings/recordings.tsx').then(({ Recordings }) => Recordings)

/** The DJ's music: what comes in, what is there, and what everybody starts with. */
export function Library({ userId }: { userId: string }) {
  const t = useTranslations()
  const { own, starters, isKnown, error } = useLibrary()
  const Recordings = useLater(loadRecordings, true)
  return (
    <section className="flex flex-col gap-5">
      <div className="flex flex-col gap-2">
        <h2 className="display text-4xl">{t('library.title')}</h2>
        <p className="text-muted">{t('library.text')}</p>
      </div>
      <DropZone />
      <UploadList />
      {Recordings ? <Recordings userId={userId} /> : null}
      {error ? (
        <p role="alert" className="text-warn">
          {t(`errors.${errorCodeOf(error)}`)}
        </p>
      ) : null}
      {isKnown ? (
        <>
          <Tracks title={t('library.mine')} rows={own} empty={t('library.empty')} />
          <StarterTracks rows={starters} />
        </>
      ) : error ? null : (
        <p className="flex items-center gap-3 text-muted">
          <Spinner />
          {t('common.loading')}
        </p>
      )}
    </section>
  )
}
