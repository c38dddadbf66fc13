'use client'
import { useTranslations } from 'next-intl'
import { classNames } from '#components/ui/class-names.ts'
import { Spinner } from '#components/ui/spinner.tsx'
import { limits } from '#lib/domain/limits/limits.ts'
import type { Catalogue } from '#lib/protocol/catalogue.ts'
import { AskRow } from './ask-row.tsx'

type CatalogueListProps = {
  /** What was found; undefined until it is there. Looking again may fail, and takes nothing of it away. */
  catalogue: Catalogue | undefined
  hasFailed: boolean
  query: string
}

/** The songs that were found, or why there are none. */
export function CatalogueList({ catalogue, hasFailed, query }: CatalogueListProps) {
  const t = useTranslations()
  if (!catalogue && hasFailed) {
    return (
      <p role="alert" className="py-6 text-warn">
        {t('queue.catalogueFailed')}
      </p>
    )
  }
  if (!catalogue) {
    return (
      <p className="flex items-center gap-3 py-6 text-muted">
        <Spinner />
        {t('common.loading')}
      </p>
    )
  }
  const { tracks } = catalogue
  const count = tracks.length
  const isEmpty = count === 0
  const isCut = count >= limits.catalogueMaxLength
  const nothingText = query ? t('queue.searchEmpty', { query }) : t('queue.catalogueEmpty')
  const summary = isEmpty ? nothingText : t(isCut ? 'queue.catalogueFirst' : 'library.tracks', { count })
  return (
    <>
      <p
        aria-live="polite"
        className={classNames(
          'text-muted',
          isEmpty && 'py-6',
          isCut && 'pb-2',
          !isEmpty && !isCut && 'sr-only',
        )}
      >
        {summary}
      </p>
      <ul className="flex flex-col divide-y divide-line/60">
        {tracks.map((track) => (
          <li key={track.id}>
            <AskRow track={track} />
          </li>
        ))}
      </ul>
    </>
  )
}
