/**
 * Estimates the server's clock from round trips (Cristian's algorithm with a minimum-delay filter, as NTP has it in
 * RFC 5905). Pure: the caller brings the readings. Local instants are of a monotonic clock (`performance.now`).
 */

/** One question for the server's time, and its answer. */
export type ClockSample = {
  sentAtInMs: number
  receivedAtInMs: number
  /** Epoch milliseconds, read by the server between the two instants above. */
  serverTimeInMs: number
  /** The local wall clock at `receivedAtInMs`: it alone goes on while a laptop sleeps, so a sleep shows. */
  wallTimeInMs: number
}

/** Server time is local time plus `offsetInMs`, give or take `uncertaintyInMs`. */
export type ClockEstimate = { offsetInMs: number; uncertaintyInMs: number }

const samplesMax = 48

/** How fast two healthy quartz clocks may drift apart: it ages a sample, so that an old lucky one gives way. */
const driftPerMs = 50e-6

/** Smaller disagreements are rounding, drift, or one server of several. */
const jumpToleranceInMs = 100

function offsetOf(sample: ClockSample): number {
  return sample.serverTimeInMs - (sample.sentAtInMs + sample.receivedAtInMs) / 2
}

/** The truth lies within this distance of the sample's offset, however unequal the two ways were. */
function boundOf(sample: ClockSample, nowInMs: number): number {
  const halfRoundTrip = (sample.receivedAtInMs - sample.sentAtInMs) / 2
  return halfRoundTrip + Math.max(0, nowInMs - sample.receivedAtInMs) * driftPerMs
}

/** Whether the local clocks went apart between two readings: the machine slept, or somebody set a clock. */
export function hasClockJumped(
  before: { atInMs: number; wallTimeInMs: number },
  after: { atInMs: number; wallTimeInMs: number },
): boolean {
  const elapsed = after.atInMs - before.atInMs
  const elapsedOnTheWall = after.wallTimeInMs - before.wallTimeInMs
  return elapsed < 0 || Math.abs(elapsedOnTheWall - elapsed) > jumpToleranceInMs + elapsed * driftPerMs
}

function contradicts(known: ClockSample, sample: ClockSample): boolean {
  const distance = Math.abs(offsetOf(known) - offsetOf(sample))
  const now = sample.receivedAtInMs
  return distance > boundOf(known, now) + boundOf(sample, now) + jumpToleranceInMs
}

/** Adds a sample; older ones go when a clock has jumped since, when they contradict it, or when there are too many. */
export function recordSample(samples: readonly ClockSample[], sample: ClockSample): readonly ClockSample[] {
  const last = samples.at(-1)
  const reading = { atInMs: sample.receivedAtInMs, wallTimeInMs: sample.wallTimeInMs }
  if (last && hasClockJumped({ atInMs: last.receivedAtInMs, wallTimeInMs: last.wallTimeInMs }, reading)) {
    return [sample]
  }
  const agreeing = samples.filter((known) => !contradicts(known, sample))
  return [...agreeing, sample].slice(-samplesMax)
}

/** The estimate by the sample that is bound tightest at `nowInMs`; null without samples. */
export function estimateClock(samples: readonly ClockSample[], nowInMs: number): ClockEstimate | null {
  let best: ClockEstimate | null = null
  for (const sample of samples) {
    const uncertaintyInMs = boundOf(sample, nowInMs)
    if (!best || uncertaintyInMs < best.uncertaintyInMs)
      best = { offsetInMs: offsetOf(sample), uncertaintyInMs }
  }
  return best
}
