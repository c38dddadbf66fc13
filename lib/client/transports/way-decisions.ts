import type { Way } from '#lib/protocol/session-requests.ts'

/** A way that is not open after this long is tried no longer alone. */
export const openWithinInMs = 3_000

const breaksMax = 3
const breaksWithinInMs = 60_000
const climbBaseInMs = 60_000
const climbMaxInMs = 600_000
const soonInMs = 2_000
const policyEveryInMs = 300_000

/** In which order to try the ways, beginning with one that is likely to work: on downwards, then those above it. */
export function orderToTry(ways: readonly Way[], first: Way | null): Way[] {
  const index = first === null ? 0 : Math.max(0, ways.indexOf(first))
  return [...ways.slice(index), ...ways.slice(0, index)]
}

/** The ways that the server would rather have used, the best one first; all of them where it no longer names this one. */
export function waysAbove(ways: readonly Way[], way: Way): Way[] {
  const index = ways.indexOf(way)
  return ways.slice(0, index < 0 ? ways.length : index)
}

/** Whether a way that opens breaks so often that another one is better. */
export function isUnsteady(breaksAtInMs: readonly number[], nowInMs: number): boolean {
  return breaksAtInMs.filter((atInMs) => nowInMs - atInMs < breaksWithinInMs).length >= breaksMax
}

/** Why one listens by a way that is not the best one. */
export type ClimbReason =
  /** The better way worked, until an outage that may have hit all of them. */
  | { is: 'outage' }
  /** It did not open, for the `attempt + 1`th time. */
  | { is: 'blocked'; attempt: number }
  /** One listens by the best way; the server may think otherwise by now, since rooms grow. */
  | { is: 'at_the_top' }

/** How long to wait before trying a better way; with full jitter, since a crowd may have fallen together. */
export function nextClimbDelayInMs(reason: ClimbReason, random: () => number): number {
  if (reason.is === 'outage') return random() * soonInMs
  if (reason.is === 'at_the_top') return policyEveryInMs * (0.5 + random())
  return random() * Math.min(climbMaxInMs, climbBaseInMs * 2 ** reason.attempt)
}
