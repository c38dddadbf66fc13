'use client'
import { Search } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useDeferredValue, useState } from 'react'
import { DropZone } from '#components/library/drop-zone.tsx'
import { UploadList } from '#components/library/upload-list.tsx'
import { useIsAllowed, useRoom } from '#components/room/use-room.ts'
import { Dialog } from '#components/ui/dialog.tsx'
import { CatalogueList } from './catalogue-list.tsx'
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
  const found = useCatalogue(sessionId, query, open)

  return (
    <Dialog
      shape="sheet"
      open={open}
      onOpenChange={onOpenChange}
      title={isPlayer ? t('controls.library') : t('queue.askTitle')}
      description={isPlayer ? t('queue.playableText') : t(mayAsk ? 'queue.askText' : 'room.requestsClosed')}
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
      <CatalogueList {...found} query={query} />
    </Dialog>
  )
}
