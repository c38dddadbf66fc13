import { z } from 'zod'
import { storageOf } from '#lib/client/session/browser-world.ts'
import type { KeyValueStore } from '#lib/client/session/outbox.ts'

/** What a screen showed last, for a time without a network. */
export type LastSeen<T> = {
  /** Keeps it as of now. Where the browser keeps nothing, nothing is kept. */
  keep: (value: T) => void
  /** `atInMs`: when it was seen, by this device's clock. Null where nothing readable is kept. */
  read: () => { atInMs: number; value: T } | null
  forget: () => void
}

type Deps = { storage: () => KeyValueStore | null; now: () => number }

export function createLastSeen<T>(
  key: string,
  schema: z.ZodType<T>,
  { storage, now }: Deps = { storage: () => storageOf('localStorage'), now: Date.now },
): LastSeen<T> {
  const keptSchema = z.object({ atInMs: z.number(), value: schema })
  return {
    keep(value) {
      try {
        storage()?.setItem(key, JSON.stringify({ atInMs: now(), value }))
      } catch {
        // Full: what was kept before stays.
      }
    },
    read() {
      try {
        return keptSchema.parse(JSON.parse(storage()?.getItem(key) ?? 'null'))
      } catch {
        return null
      }
    },
    forget: () => storage()?.removeItem(key),
  }
}
