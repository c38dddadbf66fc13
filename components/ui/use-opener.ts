'use client'
import { type ComponentType, type RefObject, useRef, useState } from 'react'
import { useLater } from './use-later.ts'

/** What every popup is given by the button that opens it. */
export type OpenedProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Opened by a key: whoever did that goes on with keys. */
  isByKey: boolean
  /** The button, where the popup stands and where the focus goes back to. */
  anchor: RefObject<HTMLButtonElement | null>
}

/** What a button needs to open something. */
export type OpenerProps = {
  ref: RefObject<HTMLButtonElement | null>
  'aria-haspopup': 'menu' | 'dialog'
  'aria-expanded': boolean
  onPointerDown: () => void
  onClick: (event: { detail: number }) => void
  onPointerEnter: () => void
  onFocus: () => void
}

/**
 * A button and what it opens. Pages live sooner without the code of what is not open yet: it is fetched when the button is
 * pointed at, has the focus, or is pressed.
 *
 * @param load the same function each time
 */
export function useOpener<P>(load: () => Promise<ComponentType<P>>, kind: OpenerProps['aria-haspopup']) {
  const anchor = useRef<HTMLButtonElement>(null)
  const wasOpenWhenPressed = useRef(false)
  const [open, setOpen] = useState(false)
  const [isByKey, setByKey] = useState(false)
  const Popup = useLater(load, open, () => setOpen(false))
  const prepare = () => void load().catch(() => undefined)
  const opener: OpenerProps = {
    ref: anchor,
    'aria-haspopup': kind,
    'aria-expanded': open,
    onPointerDown: () => {
      wasOpenWhenPressed.current = open
    },
    // The press itself may have closed what was open, before it is a click. A click by key has no detail.
    onClick: ({ detail }) => {
      setByKey(detail === 0)
      setOpen(detail === 0 ? !open : !wasOpenWhenPressed.current)
    },
    onPointerEnter: prepare,
    onFocus: prepare,
  }
  const opened: OpenedProps = { open, onOpenChange: setOpen, isByKey, anchor }
  const openByKey = () => {
    setByKey(true)
    setOpen(true)
  }
  return { Popup, opener, opened, openByKey }
}
