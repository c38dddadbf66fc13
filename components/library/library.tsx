'use client'
import { useTranslations } from 'next-intl'
import { errorCodeOf } from '#components/app/error-code-of.ts'
import { Spinner } from '#components/ui/spinner.tsx'
import { DropZone } from './drop-zone.tsx'
import { LibraryRow } from './library-row.tsx'
import { UploadList } from './upload-list.tsx'
import { UploaderProvider } from './uploader-provider.tsx'
import { type PlayableTrack, useLibrary } from './use-library.ts'

/** The DJ's music: what comes in, what is there, and what everybody starts with. */
export function Library() {
  const t = useTranslations()
  const { own, starters, isLoading, error } = useLibrary()
  return (
    <UploaderProvider>
      <section className="flex flex-col gap-5">
        <div className="flex flex-col gap-2">
          <h2 className="display text-4xl">{t('library.title')}</h2>
          <p className="text-muted">{t('library.text')}</p>
        </div>
        <DropZone />
        <UploadList />
        {error ? (
          <p role="alert" className="text-warn">
            {t(`errors.${errorCodeOf(error)}`)}
          </p>
        ) : null}
        {isLoading ? (
          <p className="flex items-center gap-3 text-muted">
            <Spinner />
            {t('common.loading')}
          </p>
        ) : (
          <>
            <Tracks title={t('library.mine')} rows={own} empty={t('library.empty')} />
            <Tracks
              title={t('library.starters')}
              text={t('library.startersText')}
              rows={starters}
              empty={t('library.startersEmpty')}
            />
          </>
        )}
      </section>
    </UploaderProvider>
  )
}

type TracksProps = { title: string; text?: string; rows: readonly PlayableTrack[]; empty: string }

function Tracks({ title, text, rows, empty }: TracksProps) {
  const t = useTranslations('library')
  return (
    <section aria-label={title} className="flex flex-col gap-1 pt-3">
      <h3 className="flex items-baseline gap-3 font-semibold text-lg">
        {title}
        <span className="label text-muted">{t('tracks', { count: rows.length })}</span>
      </h3>
      {rows.length === 0 ? (
        <p className="py-2 text-muted">{empty}</p>
      ) : (
        <>
          {text ? <p className="text-muted text-sm">{text}</p> : null}
          <ul className="divide-y divide-line/60">
            {rows.map((row) => (
              <li key={row.id}>
                <LibraryRow row={row} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
