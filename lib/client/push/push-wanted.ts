import type { KeyValueStore } from '#lib/client/session/outbox.ts'
import { personalKey } from '../personal-keys.ts'

/** Whether somebody wants notifications on this device; kept here, because browsers lose their addresses without a word. */
export type PushWanted = { read: () => boolean; keep: (isWanted: boolean) => void }

export function pushWantedBy(userId: string | null, store: KeyValueStore | null): PushWanted {
  const key = userId && personalKey('whatssound:push-wanted', userId)
  return {
    read: () => key !== null && store?.getItem(key) === 'yes',
    keep(isWanted) {
      if (key === null) return
      try {
        if (isWanted) store?.setItem(key, 'yes')
        else store?.removeItem(key)
      } catch {
        // Full: notifications are on all the same.
      }
    },
  }
}
