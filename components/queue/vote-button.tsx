'use client'
import { ChevronUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useCommand } from '#components/room/use-room.ts'
import { classNames } from '#components/ui/class-names.ts'
import type { ViewQueueItem } from '#lib/client/session/view-state.ts'

/** A vote is given and taken back by the same button; it counts at once and settles on what the server says. */
export function VoteButton({ item }: { item: ViewQueueItem }) {
  const t = useTranslations('queue')
  const command = useCommand()
  const { voted, votes, track } = item
  return (
    <button
      type="button"
      aria-label={t(voted ? 'unvote' : 'vote', { title: track.title, count: votes })}
      onClick={() => void command({ kind: 'queue.vote', itemId: item.id, voted: !voted })}
      className={classNames(
        'bubble flex min-h-12 w-12 shrink-0 flex-col items-center justify-center border transition-[background-color,color,border-color,transform] duration-150 active:scale-95',
        voted
          ? 'border-volt bg-volt text-on-volt'
          : 'border-line bg-ground text-text hover:border-edge hover:bg-control',
      )}
    >
      <ChevronUp className="-mb-0.5 size-4" strokeWidth={2.5} aria-hidden="true" />
      <span key={votes} className="figures animate-rise font-semibold text-sm leading-tight">
        {votes}
      </span>
    </button>
  )
}
