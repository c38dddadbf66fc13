'use client'
import { GripVertical } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { RefObject } from 'react'
import { followDrag } from './drag-order.ts'

type DragHandleProps = {
  title: string
  index: number
  length: number
  listRef: RefObject<HTMLElement | null>
  onMove: (from: number, to: number) => void
}

/** Takes a row to another place, by dragging or with the arrow keys. */
export function DragHandle({ title, index, length, listRef, onMove }: DragHandleProps) {
  const t = useTranslations('queue')
  return (
    <button
      type="button"
      aria-label={t('drag', { title })}
      onPointerDown={(event) => {
        const rows = [...(listRef.current?.querySelectorAll<HTMLElement>('[data-flip-id]') ?? [])]
        followDrag(event.currentTarget, event.nativeEvent, rows, index, (to) => onMove(index, to))
      }}
      onKeyDown={(event) => {
        const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
        const to = index + step
        if (step === 0 || to < 0 || to >= length) return
        event.preventDefault()
        onMove(index, to)
      }}
      className="-mx-2 flex size-11 shrink-0 cursor-grab touch-none items-center justify-center rounded-full text-muted hover:text-text active:cursor-grabbing"
    >
      <GripVertical className="size-4" aria-hidden="true" />
    </button>
  )
}
