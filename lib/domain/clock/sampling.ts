/** How many samples are taken in quick succession before the pace slows down: at first, and whenever the network changes. */
export const burstLength = 12

/**
 * How long to wait before the next sample: a burst of answers, then every 2-5 s, at random so that a room
 * does not ask in step. `random` is uniform in [0, 1).
 */
export function nextSampleDelayInMs(answersInBurst: number, random: number): number {
  return answersInBurst < burstLength ? 50 + 50 * random : 2_000 + 3_000 * random
}

/** How long to wait after `failures` unanswered samples in a row: doubling from 250-500 ms up to 8 s. */
export function nextRetryDelayInMs(failures: number, random: number): number {
  return Math.min(8_000, 250 * 2 ** Math.max(0, failures - 1)) * (1 + random)
}
