import type { Presence } from '#lib/protocol/envelope.ts'
import { parsePresence } from '#lib/protocol/presence.ts'

/** Everybody who is connected, by whatever way. Nobody whose id is known is counted twice. */
export function unitePresence(presenceState: unknown): Presence {
  const userIds = new Set<string>()
  const unnamedByInstance = new Map<string, number>()
  for (const entry of parsePresence(presenceState)) {
    if ('userId' in entry) userIds.add(entry.userId)
    else {
      for (const userId of entry.userIds) userIds.add(userId)
      unnamedByInstance.set(entry.instance, Math.max(0, entry.count - entry.userIds.length))
    }
  }
  const unnamed = [...unnamedByInstance.values()].reduce((sum, count) => sum + count, 0)
  return { count: userIds.size + unnamed, userIds: [...userIds] }
}
