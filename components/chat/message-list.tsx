'use client'
import { ArrowDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { VList, type VListHandle } from 'virtua'
import { useMyPeople } from '#components/people/use-my-people.ts'
import { withoutBlocked } from '#components/people/without-blocked.ts'
import { useRoom } from '#components/room/use-room.ts'
import { TipLine } from '#components/tips/tip-line.tsx'
import { ChatLine } from './chat-line.tsx'
import { chatLines } from './chat-lines.ts'
import { countUnseen } from './count-unseen.ts'

const nearEndInPx = 80

/** The messages and tips, of which only those in sight exist; stays at the end unless somebody reads further up. */
export function MessageList() {
  const t = useTranslations('chat')
  const { blocked } = useMyPeople()
  const messages = useRoom((view) => view.messages)
  const tips = useRoom((view) => view.tips)
  const myId = useRoom((view) => view.me.userId)
  const lines = useMemo(
    () => chatLines(withoutBlocked(messages, blocked), withoutBlocked(tips, blocked)),
    [messages, blocked, tips],
  )
  const listRef = useRef<VListHandle>(null)
  /** What was there when the end went out of sight; null while it is in sight. */
  const [seenIds, setSeenIds] = useState<ReadonlySet<string> | null>(null)
  const isAtEnd = seenIds === null

  useLayoutEffect(() => {
    if (isAtEnd) listRef.current?.scrollToIndex(lines.length - 1, { align: 'end' })
  }, [isAtEnd, lines])

  // The virtual list measures itself after its first paint.
  useEffect(() => {
    const frame = requestAnimationFrame(() =>
      listRef.current?.scrollToIndex(Number.MAX_SAFE_INTEGER, { align: 'end' }),
    )
    return () => cancelAnimationFrame(frame)
  }, [])

  const onScroll = (offset: number) => {
    const list = listRef.current
    if (!list) return
    const isNearEnd = list.scrollSize - list.viewportSize - offset < nearEndInPx
    if (isNearEnd) setSeenIds(null)
    else setSeenIds((seen) => seen ?? new Set(lines.map(({ id }) => id)))
  }

  const unseenCount = isAtEnd ? 0 : countUnseen(lines, seenIds, myId)
  return (
    <div className="relative min-h-0 flex-1">
      {lines.length === 0 ? <p className="px-4 py-8 text-muted lg:px-5">{t('empty')}</p> : null}
      <VList
        ref={listRef}
        data={lines}
        onScroll={onScroll}
        // Nothing in it takes the focus: without a stop of its own no key could scroll it.
        tabIndex={0}
        role="group"
        aria-label={t('messages')}
        className="scroll-quiet absolute inset-0 pb-3 focus-visible:-outline-offset-2"
      >
        {(line) =>
          line.is === 'tip' ? (
            <TipLine key={line.id} tip={line.tip} />
          ) : (
            <ChatLine key={line.id} message={line.message} isContinued={line.isContinued} />
          )
        }
      </VList>
      {unseenCount > 0 ? (
        <button
          type="button"
          onClick={() => setSeenIds(null)}
          className="absolute bottom-3 left-1/2 flex min-h-11 -translate-x-1/2 animate-rise items-center gap-2 rounded-full bg-volt px-4 font-semibold text-on-volt text-sm shadow-black/50 shadow-lg"
        >
          <ArrowDown className="size-4" aria-hidden="true" />
          {t('newMessages', { count: unseenCount })}
        </button>
      ) : null}
    </div>
  )
}
