'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { errorCodeOf } from '#components/app/error-code-of.ts'
import { Spinner } from '#components/ui/spinner.tsx'
import { useLater } from '#components/ui/use-later.ts'
import { DropZone } from './drop-zone.tsx'
import { findTracks, type TrackOrder } from './find-tracks.ts'
import { LibraryRow } from './library-row.tsx'
import { TrackFinder } from './track-finder.tsx'
import { UploadList } from './upload-list.tsx'
import { type PlayableTrack, useLibrary } from './use-library.ts'

const loadRecordings = () =>
  import('#components/recordings/recordings.tsx').then(({ Recordings }) => Recordings)

/** The DJ's music: what comes in, what is there, and what everybody starts with. */
export function Library({ userId }: { userId: string }) {
  const t = useTranslations()
  const { own, starters, isLoading, error } = useLibrary()
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
  )
}

type TracksProps = { title: string; text?: string; rows: readonly PlayableTrack[]; empty: string }

/** So many are found at a glance. */
const findableWithoutSearch = 6

function Tracks({ title, text, rows, empty }: TracksProps) {
  const t = useTranslations('library')
  const [query, setQuery] = useState('')
  const [order, setOrder] = useState<TrackOrder>('newest')
  const found = findTracks(rows, query, order)
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
          {rows.length > findableWithoutSearch ? (
            <TrackFinder query={query} onQueryChange={setQuery} order={order} onOrderChange={setOrder} />
          ) : null}
          {found.length === 0 ? <p className="py-2 text-muted">{t('foundNothing', { query })}</p> : null}
          <ul className="divide-y divide-line/60">
            {found.map((row) => (
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
