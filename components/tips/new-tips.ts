import type { Tip } from '#lib/protocol/tips.ts'

/** What came between two looks at the tips. The oldest give way, and a new snapshot of the room has none. */
export function newTips(before: readonly Tip[], after: readonly Tip[]): Tip[] {
  const knownIds = new Set(before.map(({ tipId }) => tipId))
  return after.filter(({ tipId }) => !knownIds.has(tipId))
}
