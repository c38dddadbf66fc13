'use client'
import { useSyncExternalStore } from 'react'
import { createStore } from '#lib/client/audio/store.ts'
import { storageOf } from '#lib/client/storage-of.ts'

const storageKey = 'whatssound:install-put-off'

const isPutOff = createStore(false)
let isRead = false

function read(): boolean {
  if (!isRead) isPutOff.set(storageOf('localStorage')?.getItem(storageKey) === 'yes')
  isRead = true
  return isPutOff.getSnapshot()
}

/** Whoever does not want the app installed is not asked twice on this browser. */
export function setInstallPutOff(): void {
  storageOf('localStorage')?.setItem(storageKey, 'yes')
  isPutOff.set(true)
}

export function useIsInstallPutOff(): boolean {
  return useSyncExternalStore(isPutOff.subscribe, read, () => false)
}
