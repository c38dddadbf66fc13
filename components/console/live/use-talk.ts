'use client'
import { useEffect, useEffectEvent, useRef } from 'react'
import { useShortcutsOn } from '#components/room/shortcut-switch.ts'
import { focusOf } from '#components/room/shortcuts.ts'
import type { LiveDesk } from '#lib/client/live/live-desk.ts'
import { useLiveDesk } from './live-desk-context.ts'

const talkKey = 't'
/** What is held for longer ends when it is let go; a shorter press stays on. */
const holdAfterInMs = 350

/**
 * Talking by a button or the key T: a short press begins and another one ends, a long one lasts as long as it is held.
 */
export function useTalk(): { press: () => void; release: () => void } {
  const desk = useLiveDesk()
  const pressedAtInMs = useRef<number | null>(null)
  const press = () => {
    pressedAtInMs.current = begin(desk) ? performance.now() : null
  }
  const release = () => {
    const heldForInMs = performance.now() - (pressedAtInMs.current ?? Number.POSITIVE_INFINITY)
    pressedAtInMs.current = null
    if (heldForInMs > holdAfterInMs) desk.stop()
  }
  useTalkKey(press, release)
  return { press, release }
}

/** Begins to talk, or ends it; answers whether it began. */
function begin(desk: LiveDesk): boolean {
  const { phase, mode } = desk.getSnapshot()
  if (phase === 'on_air' && mode === 'talk') desk.stop()
  if (phase !== 'ready') return false
  desk.start('talk')
  return true
}

function useTalkKey(press: () => void, release: () => void): void {
  const isOn = useShortcutsOn()
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const { key, ctrlKey, metaKey, altKey, repeat, defaultPrevented } = event
    if (key.toLowerCase() !== talkKey || ctrlKey || metaKey || altKey || repeat || defaultPrevented) return
    if (focusOf(document.activeElement).isTaken) return
    event.preventDefault()
    press()
  })
  const onKeyUp = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() === talkKey) release()
  })
  useEffect(() => {
    if (!isOn) return
    document.addEventListener('keydown', onKeyDown)
    document.addEventListener('keyup', onKeyUp)
    return () => {
      document.removeEventListener('keydown', onKeyDown)
      document.removeEventListener('keyup', onKeyUp)
    }
  }, [isOn])
}
