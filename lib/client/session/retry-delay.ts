const baseInMs = 500
const longestInMs = 15_000

/**
 * How long to wait before attempt `attempt + 1` (0 after the first failure): exponential with full jitter, so that
 * a crowd that was cut off together does not come back together (AWS Architecture Blog, "Exponential Backoff And
 * Jitter").
 */
export function nextRetryDelayInMs(attempt: number, random: () => number): number {
  return random() * Math.min(longestInMs, baseInMs * 2 ** attempt)
}
