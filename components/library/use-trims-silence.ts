'use client'
import { useSyncExternalStore } from 'react'

const key = 'whatssound.trimsSilence'
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

function read(): boolean {
  try {
    return localStorage.getItem(key) === 'true'
  } catch {
    // A browser that keeps nothing has the choice anew on every page.
    return false
  }
}

/** The DJ's choice for new files, kept in this browser. */
export function useTrimsSilence(): [boolean, (trimsSilence: boolean) => void] {
  const trimsSilence = useSyncExternalStore(subscribe, read, () => false)
  const choose = (next: boolean) => {
    try {
      localStorage.setItem(key, String(next))
    } catch {
      return
    }
    for (const listener of listeners) listener()
  }
  return [trimsSilence, choose]
}
