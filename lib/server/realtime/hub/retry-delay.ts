const baseInMs = 250
const longestInMs = 10_000

/**
 * How long to wait after the failure number `attempt + 1`: exponential with full jitter, so that the hubs of many
 * instances do not come back together (AWS Architecture Blog, "Exponential Backoff And Jitter").
 */
export function nextRetryDelayInMs(attempt: number, random: () => number): number {
  return random() * Math.min(longestInMs, baseInMs * 2 ** attempt)
}

/** `aroundInMs`, give or take a quarter. */
export function jitteredInMs(aroundInMs: number, random: () => number): number {
  return aroundInMs * (0.75 + random() / 2)
}
