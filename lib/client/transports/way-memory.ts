import { z } from 'zod'
import type { KeyValueStore } from '#lib/client/session/outbox.ts'
import { type Way, waySchema } from '#lib/protocol/session-requests.ts'

/** Which way worked on the network that one is on. */
export type WayMemory = {
  recall: () => Way | null
  remember: (way: Way) => void
  /** The network is another one. */
  forget: () => void
}

/** Where it is kept. */
export const wayMemoryKey = 'whatssound:ways'
/** What browsers call a network of which they tell nothing (W3C Network Information): at home and at work alike. */
export const unknownNetwork = 'unknown'

const keptForInMs = 24 * 60 * 60_000
const unknownKeptForInMs = 60 * 60_000
const rememberedSchema = z.record(z.string(), z.object({ way: waySchema, at: z.number() }))

/**
 * Remembers for a day, in the browser's storage. Networks have no names there: `network` gives as much as the browser
 * tells of the one in use (its kind, say), so that a phone's mobile network and its Wi-Fi are kept apart. Where it tells
 * nothing, what is remembered may be of another network, and is worth an hour.
 */
export function createWayMemory(deps: {
  store: KeyValueStore | null
  network: () => string
  now: () => number
}): WayMemory {
  const { store, network, now } = deps
  const load = (): z.infer<typeof rememberedSchema> => {
    try {
      return rememberedSchema.parse(JSON.parse(store?.getItem(wayMemoryKey) ?? '{}'))
    } catch {
      return {}
    }
  }
  const save = (remembered: z.infer<typeof rememberedSchema>): void => {
    try {
      store?.setItem(wayMemoryKey, JSON.stringify(remembered))
    } catch {
      // A full or forbidden storage costs the next visit a few seconds.
    }
  }
  return {
    recall: () => {
      const kind = network()
      const known = load()[kind]
      const keptInMs = kind === unknownNetwork ? unknownKeptForInMs : keptForInMs
      return known && now() - known.at < keptInMs ? known.way : null
    },
    remember: (way) => save({ ...load(), [network()]: { way, at: now() } }),
    forget: () => {
      const { [network()]: _, ...others } = load()
      save(others)
    },
  }
}
