'use client'
import { Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { useCommand, useIsAllowed, useRoom } from '#components/room/use-room.ts'
import { Button } from '#components/ui/button.tsx'
import { useFlip } from '#components/ui/use-flip.ts'
import { useKeptFocus } from '#components/ui/use-kept-focus.ts'
import type { ViewQueueItem } from '#lib/client/session/view-state.ts'
import { DragHandle } from './drag-handle.tsx'
import { ItemMenu } from './item-menu.tsx'
import { type Move, moved, movesTo } from './move-commands.ts'
import { QueueRow } from './queue-row.tsx'
import { useMayAsk } from './use-may-ask.ts'

/** What comes next, in the order in which it will be played. `onAsk` opens what songs can be asked from. */
export function Queue({ onAsk }: { onAsk: () => void }) {
  const t = useTranslations()
  const command = useCommand()
  const settledQueue = useRoom((view) => view.queue)
  const mayOrder = useIsAllowed('order_queue')
  const mayPlay = useIsAllowed('play')
  const mayAsk = useMayAsk()
  const regionRef = useRef<HTMLElement>(null)
  const listRef = useRef<HTMLUListElement>(null)
  const [announcement, setAnnouncement] = useState('')
  // What was just moved stays where it was put until the server has said so.
  const [movedQueue, setMovedQueue] = useState<typeof settledQueue | null>(null)
  // What is under a finger holds still: a vote would move the row away from it.
  const [heldQueue, setHeldQueue] = useState<typeof settledQueue | null>(null)
  const queue = heldQueue ?? movedQueue ?? settledQueue
  useFlip(listRef)
  useKeptFocus(regionRef)

  const moveAll = async (moves: readonly Move[]) => {
    for (const step of moves) {
      const result = await command({ kind: 'queue.move', ...step })
      if (!result.ok) return false
    }
    return true
  }

  const move = async (from: number, to: number) => {
    const item = queue[from]
    if (!item) return
    const itemIds = queue.map(({ id }) => id)
    setMovedQueue(moved(queue, from, to))
    const isMoved = await moveAll(movesTo(itemIds, from, to))
    setMovedQueue(null)
    if (!isMoved) return
    setAnnouncement(t('queue.moved', { title: item.track.title, position: to + 1 }))
  }

  const remove = async ({ id, track: { title } }: ViewQueueItem) => {
    const result = await command({ kind: 'queue.remove', itemId: id })
    if (result.ok) setAnnouncement(t('queue.removed', { title }))
  }

  return (
    <section
      ref={regionRef}
      aria-label={t('queue.title')}
      className="flex min-h-0 flex-1 flex-col focus-visible:-outline-offset-2"
    >
      <div className="flex items-center justify-between gap-3 px-4 pt-3 pb-2 lg:px-5">
        <p className="text-muted text-sm">{mayAsk ? t('queue.order') : t('room.requestsClosed')}</p>
        {mayAsk ? (
          <Button look="outline" onClick={onAsk}>
            <Plus className="size-4" aria-hidden="true" />
            {mayPlay ? t('library.add') : t('queue.ask')}
          </Button>
        ) : null}
      </div>
      {queue.length === 0 ? (
        <p className="px-4 py-8 text-muted lg:px-5">
          {t('queue.empty')} {mayPlay ? t('queue.emptyDj') : mayAsk ? t('queue.emptyAsk') : null}
        </p>
      ) : (
        <ul
          ref={listRef}
          aria-label={t('queue.title')}
          className="scroll-quiet relative min-h-0 flex-1 divide-y divide-line/60 overflow-y-auto px-4 pb-4 lg:px-5"
        >
          {queue.map((item, index) => (
            <li
              key={item.id}
              data-flip-id={item.id}
              className="bg-ground transition-transform duration-200 ease-soft data-dragging:relative data-dragging:z-10 data-dragging:bg-control data-dragging:duration-0"
            >
              <QueueRow
                item={item}
                handle={
                  mayOrder ? (
                    <DragHandle
                      title={item.track.title}
                      index={index}
                      length={queue.length}
                      listRef={listRef}
                      onMove={move}
                      onHold={(isHeld) => setHeldQueue(isHeld ? queue : null)}
                    />
                  ) : null
                }
                menu={
                  <ItemMenu
                    item={item}
                    index={index}
                    length={queue.length}
                    onMove={move}
                    onRemove={() => void remove(item)}
                  />
                }
              />
            </li>
          ))}
        </ul>
      )}
      <p aria-live="polite" className="sr-only">
        {announcement}
      </p>
    </section>
  )
}
