import { limits } from '#lib/domain/limits/limits.ts'
import type { LoopRegion } from '#lib/domain/timeline/timeline.ts'

/** The region between two positions that the DJ marked, in whichever order, long enough to be a loop; null if none can be. */
export function loopRegionFrom(
  markInMs: number,
  positionInMs: number,
  durationInMs: number,
): LoopRegion | null {
  if (durationInMs < limits.loopMinLengthInMs) return null
  const [first = 0, second = 0] = [markInMs, positionInMs]
    .map((value) => Math.round(Math.min(Math.max(value, 0), durationInMs)))
    .sort((a, b) => a - b)
  const endInMs = Math.min(durationInMs, Math.max(second, first + limits.loopMinLengthInMs))
  return { startInMs: Math.min(first, endInMs - limits.loopMinLengthInMs), endInMs }
}
