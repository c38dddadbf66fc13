/** How long to wait before attempt number `attempt` (from 0): doubling, at most 5 s, with full jitter. */
export function nextRetryDelayInMs(attempt: number, random: () => number = Math.random): number {
  return random() * Math.min(5000, 100 * 2 ** attempt)
}
