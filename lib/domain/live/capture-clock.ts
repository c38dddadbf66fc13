/**
 * When was a sample captured? A device counts samples by its own clock, and the news of them arrives late by an ever
 * changing delay. The least late of the recent news is the most honest one (as with a clock's round trips), and what
 * follows from it moves slowly, so that listeners who steer by it never notice a correction. Pure.
 */
export type CaptureClock = {
  /** How late, by the local clock, each recent block's first sample was, counted from sample 0. In ms. */
  recent: readonly { atInMs: number; originInMs: number }[]
}

export const emptyCaptureClock: CaptureClock = { recent: [] }

const rememberForInMs = 5_000

/** Notes that the samples up to (not including) `untilInSamples` were there at `atInMs` of the local clock. */
export function noteArrival(
  clock: CaptureClock,
  arrival: { untilInSamples: number; atInMs: number },
  sampleRate: number,
): CaptureClock {
  const { untilInSamples, atInMs } = arrival
  const originInMs = atInMs - (untilInSamples * 1_000) / sampleRate
  const recent = clock.recent.filter((known) => atInMs - known.atInMs < rememberForInMs)
  return { recent: [...recent, { atInMs, originInMs }] }
}

/** The instant of the local clock at which sample 0 was, or would have been, captured; null before anything arrived. */
export function originInMs({ recent }: CaptureClock): number | null {
  return recent.length === 0 ? null : Math.min(...recent.map((known) => known.originInMs))
}

/** Half a percent: the rate at which listeners may be led to another time without hearing it. */
const slewMax = 0.005

/**
 * When a segment begins, in server time: where the last one ended, moved towards what was measured by no more than
 * listeners can follow unheard.
 */
export function nextStartInMs(
  last: { startsAtInMs: number; durationInMs: number } | null,
  measuredInMs: number,
): number {
  if (!last) return measuredInMs
  const expectedInMs = last.startsAtInMs + last.durationInMs
  const most = last.durationInMs * slewMax
  return expectedInMs + Math.min(most, Math.max(-most, measuredInMs - expectedInMs))
}
