'use client'
import { GripVertical } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type RefObject, useEffect, useRef } from 'react'
import { followDrag } from './drag-order.ts'

type DragHandleProps = {
  title: string
  index: number
  length: number
  listRef: RefObject<HTMLElement | null>
  onMove: (from: number, to: number) => void
  /** The list must hold still while a row of it is dragged. */
  onHold: (isHeld: boolean) => void
}

/** Takes a row to another place, by dragging or with the arrow keys. */
export function DragHandle({ title, index, length, listRef, onMove, onHold }: DragHandleProps) {
  const t = useTranslations('queue')
  const giveUpRef = useRef<(() => void) | null>(null)
  useEffect(() => () => giveUpRef.current?.(), [])

  const drag = (handle: HTMLElement, event: PointerEvent) => {
    if (giveUpRef.current || event.button !== 0) return
    const rows = [...(listRef.current?.querySelectorAll<HTMLElement>('[data-flip-id]') ?? [])]
    giveUpRef.current = followDrag(handle, event, rows, index, (to) => {
      giveUpRef.current = null
      onHold(false)
      if (to !== null && to !== index) onMove(index, to)
    })
    onHold(giveUpRef.current !== null)
  }

  return (
    <button
      type="button"
      aria-label={t('drag', { title })}
      onPointerDown={(event) => drag(event.currentTarget, event.nativeEvent)}
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
