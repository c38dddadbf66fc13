'use client'
import { Search } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useDeferredValue, useState } from 'react'
import { DropZone } from '#components/library/drop-zone.tsx'
import { UploadList } from '#components/library/upload-list.tsx'
import { useIsAllowed, useRoom } from '#components/room/use-room.ts'
import { Dialog } from '#components/ui/dialog.tsx'
import { Spinner } from '#components/ui/spinner.tsx'
import { AskRow } from './ask-row.tsx'
import { useCatalogue } from './use-catalogue.ts'
import { useMayAsk } from './use-may-ask.ts'

type AskSheetProps = { open: boolean; onOpenChange: (open: boolean) => void }

/** Everything that can be played here, to search and to ask for; for the DJ it is the library. */
export function AskSheet({ open, onOpenChange }: AskSheetProps) {
  const t = useTranslations()
  const sessionId = useRoom((view) => view.session.id)
  const isPlayer = useIsAllowed('play')
  const mayAsk = useMayAsk()
  const [search, setSearch] = useState('')
  const query = useDeferredValue(search.trim())
  const { data, error, isLoading } = useCatalogue(sessionId, query, open)
  const tracks = data?.tracks ?? []
  const isEmpty = tracks.length === 0
  const emptyText = query ? t('queue.searchEmpty', { query }) : t('queue.catalogueEmpty')
  const summary = isEmpty ? emptyText : t('library.tracks', { count: tracks.length })

  return (
    <Dialog
      shape="sheet"
      open={open}
      onOpenChange={onOpenChange}
      title={isPlayer ? t('controls.library') : t('queue.askTitle')}
      description={isPlayer ? t('queue.libraryText') : t(mayAsk ? 'queue.askText' : 'room.requestsClosed')}
    >
      {isPlayer ? (
        <div className="mb-4 flex shrink-0 flex-col gap-2">
          <DropZone />
          <UploadList />
        </div>
      ) : null}
      <div className="relative mb-3 shrink-0">
        <Search
          className="pointer-events-none absolute top-3.5 left-4 size-5 text-muted"
          aria-hidden="true"
        />
        <input
          type="search"
          aria-label={t('queue.search')}
          placeholder={t('queue.search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="bubble min-h-12 w-full border border-edge bg-sunken pr-4 pl-12 placeholder:text-muted focus-visible:border-volt focus-visible:outline-offset-0"
        />
      </div>
      {error ? (
        <p role="alert" className="py-6 text-warn">
          {t('queue.catalogueFailed')}
        </p>
      ) : isLoading ? (
        <p className="flex items-center gap-3 py-6 text-muted">
          <Spinner />
          {t('common.loading')}
        </p>
      ) : (
        <>
          <p aria-live="polite" className={isEmpty ? 'py-6 text-muted' : 'sr-only'}>
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
      )}
    </Dialog>
  )
}
