'use client'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { findTracks, type TrackOrder } from './find-tracks.ts'
import { LibraryRow } from './library-row.tsx'
import { TrackFinder } from './track-finder.tsx'
import type { PlayableTrack } from './use-library.ts'

type TracksProps = { title: string; text?: string; rows: readonly PlayableTrack[]; empty: string }

/** So many are found at a glance. */
const findableWithoutSearch = 6

/** One list of the library, with its name and how many there are. */
export function Tracks({ title, text, rows, empty }: TracksProps) {
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
