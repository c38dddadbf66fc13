'use client'
import { type RefObject, useEffect } from 'react'

/**
 * Keeps the focus in a part of the page out of which things are taken: where what has the focus is gone, it goes to the
 * part itself, not to the top of the page. The part stays as long as its owner does.
 */
export function useKeptFocus(partRef: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const part = partRef.current
    if (!part) return
    let focused: Node | null = null
    const onFocusIn = (event: FocusEvent) => {
      focused = event.target as Node
    }
    const observer = new MutationObserver(() => {
      if (!focused || part.contains(focused)) return
      focused = null
      if (document.activeElement === document.body) focusForNow(part)
    })
    part.addEventListener('focusin', onFocusIn)
    observer.observe(part, { childList: true, subtree: true })
    return () => {
      part.removeEventListener('focusin', onFocusIn)
      observer.disconnect()
    }
  }, [partRef])
}

/** A press on what merely could take the focus would take the arrow keys from the list that is scrolled in it. */
function focusForNow(part: HTMLElement): void {
  part.tabIndex = -1
  part.addEventListener('blur', () => part.removeAttribute('tabindex'), { once: true })
  part.focus({ preventScroll: true })
}
