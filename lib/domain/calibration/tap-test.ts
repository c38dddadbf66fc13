import { medianError, medianOf, robustDeviation, withoutOutliers } from './robust.ts'

/** What taps along with a metronome say of how late it is heard. */
export type TapEstimate = {
  /** From a beat's supposed instant to the tap, in the middle. */
  delayInMs: number
  /** One standard error of that middle. */
  uncertaintyInMs: number
  /** How far single taps lie around it. */
  deviationInMs: number
  taps: number
  /** Whether the taps agree well enough to be used. */
  isSteady: boolean
}

/** The first ones find the beat. */
const findingTheBeat = 4
const tapsNeeded = 8
const neverOutlierInMs = 25
const steadyBelowInMs = 45
/** People tap ahead of a beat more than behind it, and outputs are only ever late: so much of a beat counts as early. */
const earlyShare = 0.2

/** How many taps it takes until `estimateFromTaps` answers. */
export const tapsForAnEstimate = findingTheBeat + tapsNeeded

/**
 * The median of the taps, each against the beat it belongs to; null while there are too few. Instants are of one clock;
 * `beatAtInMs` is any beat's.
 */
export function estimateFromTaps(
  tapsAtInMs: readonly number[],
  beatAtInMs: number,
  everyInMs: number,
): TapEstimate | null {
  const delays = tapsAtInMs.slice(findingTheBeat).map((atInMs) => behindBeat(atInMs - beatAtInMs, everyInMs))
  if (delays.length < tapsNeeded) return null
  const kept = withoutOutliers(delays, neverOutlierInMs)
  const deviationInMs = robustDeviation(kept)
  return {
    delayInMs: medianOf(kept),
    uncertaintyInMs: medianError(kept),
    deviationInMs,
    taps: kept.length,
    isSteady: deviationInMs < steadyBelowInMs && kept.length >= delays.length * 0.7,
  }
}

function behindBeat(sinceABeatInMs: number, everyInMs: number): number {
  const earlyInMs = earlyShare * everyInMs
  const shifted = (sinceABeatInMs + earlyInMs) % everyInMs
  return (shifted < 0 ? shifted + everyInMs : shifted) - earlyInMs
}
