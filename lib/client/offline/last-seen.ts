import type { z } from 'zod'
import type { KeyValueStore } from '#lib/client/session/outbox.ts'
import { storageOf } from '#lib/client/storage-of.ts'

/** What a screen showed last, for a time without a network. */
export type LastSeen<T> = {
  /** Keeps it as of now. Where the browser keeps nothing, nothing is kept. */
  keep: (value: T) => void
  /**
   * `atInMs`: when it was seen, by this device's clock. Null where nothing readable is kept. The schema comes with the
   * reader: screens that only keep live sooner without zod.
   */
  read: (schema: z.ZodType<T>) => { atInMs: number; value: T } | null
}

type Deps = { storage: () => KeyValueStore | null; now: () => number }

export function createLastSeen<T>(
  key: string,
  { storage, now }: Deps = { storage: () => storageOf('localStorage'), now: Date.now },
): LastSeen<T> {
  return {
    keep(value) {
      try {
        storage()?.setItem(key, JSON.stringify({ atInMs: now(), value }))
      } catch {
        // Full: what was kept before stays.
      }
    },
    read(schema) {
      try {
        const { atInMs, value } = JSON.parse(storage()?.getItem(key) ?? '')
        return { atInMs: Number(atInMs), value: schema.parse(value) }
      } catch {
        return null
      }
    },
  }
}
