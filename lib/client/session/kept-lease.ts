import type { KeyValueStore } from './outbox.ts'

const keyOf = (sessionId: string) => `whatssound:lease:${sessionId}`

/** Remembers over a reload that this tab had the DJ's lease: nobody can go on with what it sent before. */
export type KeptLease = {
  readonly wasHeld: boolean
  note: (isHeld: boolean) => void
}

/** @param isReload a tab that was duplicated begins with the other one's store, and is no reload of it */
export function keepLease(store: KeyValueStore | null, sessionId: string, isReload: boolean): KeptLease {
  const key = keyOf(sessionId)
  return {
    wasHeld: isReload && (store?.getItem(key) ?? null) !== null,
    note: (isHeld) => {
      try {
        if (isHeld) store?.setItem(key, 'held')
        else store?.removeItem(key)
      } catch {}
    },
  }
}
