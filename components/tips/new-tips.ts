import type { Tip } from '#lib/protocol/tips.ts'

/** What came between two looks at the tips. The oldest give way, and a new snapshot of the room may bring some of them back. */
export function newTips(before: readonly Tip[], after: readonly Tip[]): Tip[] {
  const knownIds = new Set(before.map(({ tipId }) => tipId))
  const newestAt = before.at(-1)?.at ?? Number.NEGATIVE_INFINITY
  return after.filter(({ tipId, at }) => at >= newestAt && !knownIds.has(tipId))
}
