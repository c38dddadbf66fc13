'use client'
import { useSyncExternalStore } from 'react'

const storageKey = 'whatssound:shortcuts'
const listeners = new Set<() => void>()

function read(): boolean {
  return localStorage.getItem(storageKey) !== 'off'
}

/** Single-key shortcuts can be turned off (WCAG 2.2, 2.1.4): speech input would press them by speaking. */
export function setShortcutsOn(on: boolean): void {
  localStorage.setItem(storageKey, on ? 'on' : 'off')
  for (const listener of listeners) listener()
}

export function useShortcutsOn(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    read,
    () => true,
  )
}
