'use client'
import { type FocusEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import type { TooltipPopup } from './tooltip-popup.tsx'

const delayInMs = 500

/**
 * When a button's tooltip is open: some time after a mouse came to rest on the button, and as long as a key's focus is on
 * it. The code of the popup is fetched then; where it cannot be, there is none, and the button still has its name.
 */
export function useTooltip() {
  const anchor = useRef<HTMLButtonElement>(null)
  const [isPointedAt, setPointedAt] = useState(false)
  const [open, setOpen] = useState(false)
  const [Popup, setPopup] = useState<typeof TooltipPopup | null>(null)

  useEffect(() => {
    if (!isPointedAt) return
    const timer = setTimeout(setOpen, delayInMs, true)
    return () => clearTimeout(timer)
  }, [isPointedAt])

  useEffect(() => {
    if (!open || Popup) return
    import('./tooltip-popup.tsx').then(
      (loaded) => setPopup(() => loaded.TooltipPopup),
      () => undefined,
    )
  }, [open, Popup])

  const close = () => {
    setPointedAt(false)
    setOpen(false)
  }
  const button = {
    ref: anchor,
    onPointerEnter: ({ pointerType }: PointerEvent) => setPointedAt(pointerType === 'mouse'),
    onPointerLeave: close,
    onPointerDown: close,
    onFocus: ({ currentTarget }: FocusEvent) => setOpen(currentTarget.matches(':focus-visible')),
    onBlur: close,
  }
  return { Popup, button, popup: { open, onOpenChange: setOpen, anchor } }
}
