const baseInMs = 500
/** As long as an outage may be a mere restart, nobody waits much longer than that takes; */
const longestAtFirstInMs = 3_000
const atFirstAttempts = 12
/** after that, a server that struggles is left in peace. */
const longestInMs = 15_000

/**
 * How long to wait before attempt `attempt + 1` (0 after the first failure): exponential with full jitter, so that
 * a crowd that was cut off together does not come back together (AWS Architecture Blog, "Exponential Backoff And
 * Jitter").
 */
export function nextRetryDelayInMs(attempt: number, random: () => number): number {
  const mostInMs = attempt < atFirstAttempts ? longestAtFirstInMs : longestInMs
  return random() * Math.min(mostInMs, baseInMs * 2 ** attempt)
}

/**
 * The same after a server said how long to wait at least. What it said to many at once is stretched up to twofold, so that
 * they do not come back together either.
 */
export function hintedRetryDelayInMs(
  attempt: number,
  random: () => number,
  retryAfterInMs: number | undefined,
): number {
  return (retryAfterInMs ?? 0) * (1 + random()) + nextRetryDelayInMs(attempt, random)
}

/** `aroundInMs`, give or take a quarter: for what many do again and again, and shall not do at the same moment. */
export function jitteredInMs(aroundInMs: number, random: () => number): number {
  return aroundInMs * (0.75 + random() / 2)
}
