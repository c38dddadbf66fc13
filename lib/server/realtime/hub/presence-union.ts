import type { Presence } from '#lib/protocol/envelope.ts'
import type { PresenceEntry } from '#lib/protocol/presence.ts'

/** In a room of at most this many everybody is named; in a larger one a few are, and the count says the rest. */
const namedMax = 200
const sampleSize = 20

type People = { readonly size: number; has(userId: string): boolean; keys(): Iterable<string> }

/**
 * Who is connected, by whatever way: those who read here, those who stand in Presence by themselves, and those whom
 * other hubs name or count. Whoever is named twice counts once, and whoever is silent and not here does not.
 */
export function unionOfPresence(
  here: People,
  entries: readonly PresenceEntry[],
  silent: ReadonlySet<string>,
  instance: string,
): Presence {
  const elsewhere = new Set<string>()
  const unnamedByInstance = new Map<string, number>()
  const add = (userId: string) => {
    if (!here.has(userId) && !silent.has(userId)) elsewhere.add(userId)
  }
  for (const entry of entries) {
    if ('userId' in entry) add(entry.userId)
    else if (entry.instance !== instance) {
      for (const userId of entry.userIds) add(userId)
      // After a lost connection an entry can stand there twice for a moment.
      unnamedByInstance.set(entry.instance, Math.max(0, entry.count - entry.userIds.length))
    }
  }
  const unnamed = [...unnamedByInstance.values()].reduce((sum, count) => sum + count, 0)
  const count = here.size + elsewhere.size + unnamed
  return { count, userIds: someOf(here, elsewhere, count > namedMax ? sampleSize : namedMax) }
}

export function isSamePresence(one: Presence, other: Presence): boolean {
  if (one.count !== other.count || one.userIds.length !== other.userIds.length) return false
  const known = new Set(one.userIds)
  return other.userIds.every((userId) => known.has(userId))
}

function someOf(here: People, elsewhere: ReadonlySet<string>, max: number): string[] {
  const some: string[] = []
  for (const people of [here.keys(), elsewhere]) {
    for (const userId of people) {
      if (some.length === max) return some
      some.push(userId)
    }
  }
  return some
}
