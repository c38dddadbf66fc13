'use client'
import { useEffect, useEffectEvent } from 'react'
import { useShortcutsOn } from './shortcut-switch.ts'
import { focusOf, type Shortcut, shortcutFor } from './shortcuts.ts'

/** Listens for the room's keys while they are on. `act` says whether it did something with the key. */
export function useShortcuts(act: (shortcut: Shortcut) => boolean): void {
  const isOn = useShortcutsOn()
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const shortcut = shortcutFor(event, focusOf(document.activeElement))
    if (shortcut && act(shortcut)) event.preventDefault()
  })
  useEffect(() => {
    if (!isOn) return
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [isOn])
}
