'use client'
import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useRef } from 'react'
import { useRoomContext } from '#components/room/room-context.ts'
import { formatDuration } from './format-duration.ts'
import { onFrame } from './frame-loop.ts'
import { readCue } from './read-cue.ts'

/** How far the song is and how much is left; written into the page directly, a few letters a second. */
export function PositionTimes({ middle }: { middle?: ReactNode }) {
  const t = useTranslations('player')
  const room = useRoomContext()
  const elapsedRef = useRef<HTMLSpanElement>(null)
  const remainingRef = useRef<HTMLSpanElement>(null)
  useEffect(
    () =>
      onFrame(() => {
        const cue = readCue(room)
        const positionInMs = Math.max(0, cue?.positionInMs ?? 0)
        // Counted from the floored position, so that both change in the same frame.
        const remainingInMs = (cue?.slot.durationInMs ?? 0) - Math.floor(positionInMs / 1_000) * 1_000
        write(elapsedRef.current, formatDuration(positionInMs))
        write(remainingRef.current, `-${formatDuration(remainingInMs)}`)
      }),
    [room],
  )
  return (
    <div className="figures flex min-h-6 items-center justify-between text-muted text-sm">
      <span>
        <span className="sr-only">{t('elapsed')} </span>
        <span ref={elapsedRef} data-testid="elapsed" className="text-text">
          0:00
        </span>
      </span>
      {middle}
      <span>
        <span className="sr-only">{t('remaining')} </span>
        <span ref={remainingRef}>-0:00</span>
      </span>
    </div>
  )
}

function write(element: HTMLElement | null, text: string): void {
  if (element && element.textContent !== text) element.textContent = text
}
