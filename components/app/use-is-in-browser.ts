'use client'
import { useSyncExternalStore } from 'react'

const neverChanges = () => () => undefined

/** False on the server and while its page comes to life, true from then on. */
export function useIsInBrowser(): boolean {
  return useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  )
}
