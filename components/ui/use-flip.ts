'use client'
import { type RefObject, useLayoutEffect, useRef } from 'react'

const moveDurationInMs = 420

/**
 * Lets the children of a list glide to their new places (FLIP: first, last, invert, play). Children are told apart by
 * `data-flip-id`. Looks after every render, whatever caused it; nothing moves where motion is not welcome.
 */
export function useFlip(listRef: RefObject<HTMLElement | null>): void {
  const tops = useRef(new Map<string, number>())
  useLayoutEffect(() => {
    const list = listRef.current
    if (!list) return
    const isCalm = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    const next = new Map<string, number>()
    for (const child of list.querySelectorAll<HTMLElement>('[data-flip-id]')) {
      const id = child.dataset.flipId ?? ''
      const top = child.offsetTop
      next.set(id, top)
      const before = tops.current.get(id)
      if (isCalm || before === undefined || before === top) continue
      child.animate([{ transform: `translateY(${before - top}px)` }, { transform: 'none' }], {
        duration: moveDurationInMs,
        easing: 'cubic-bezier(0.22, 1, 0.36, 1)',
      })
    }
    tops.current = next
  })
}
