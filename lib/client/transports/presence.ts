import { z } from 'zod'
import type { Presence } from '#lib/protocol/envelope.ts'

/** What a WebSocket client tracks of itself in Supabase Presence, and what a hub tracks of its readers. */
const personEntry = z.object({ userId: z.uuid() })
const hubEntry = z.object({
  instance: z.string().max(100),
  userIds: z.array(z.uuid()),
  count: z.number().int().nonnegative(),
})
const entriesByKey = z.record(z.string(), z.array(z.unknown()))

/**
 * Everybody who is connected, by whatever way. Presence is what each client says of itself, so anything may stand
 * there; what is none of the two entries is left out. Nobody whose id is known is counted twice, and nobody's id is
 * more than a claim.
 */
export function unitePresence(presenceState: unknown): Presence {
  const entries = Object.values(entriesByKey.safeParse(presenceState).data ?? {}).flat()
  const userIds = new Set<string>()
  const unnamedByInstance = new Map<string, number>()
  for (const entry of entries) {
    const hub = hubEntry.safeParse(entry)
    if (hub.success) {
      for (const userId of hub.data.userIds) userIds.add(userId)
      const unnamed = Math.max(0, hub.data.count - hub.data.userIds.length)
      unnamedByInstance.set(hub.data.instance, unnamed)
      continue
    }
    const person = personEntry.safeParse(entry)
    if (person.success) userIds.add(person.data.userId)
  }
  const unnamed = [...unnamedByInstance.values()].reduce((sum, count) => sum + count, 0)
  return { count: userIds.size + unnamed, userIds: [...userIds] }
}
