/** Recent readings of the error, each carried forward to the latest instant. Newest last. */
export type Readings = readonly { atInMs: number; errorInMs: number }[]

/**
 * Adds a reading. The older ones are carried forward by what the rate has changed since, so that a median over them
 * does not lag behind while the rate is bent.
 */
export function withReading(
  readings: Readings,
  reading: { atInMs: number; errorInMs: number },
  rate: number,
  keep = 5,
): Readings {
  const last = readings.at(-1)
  const shiftInMs = last ? (rate - 1) * (reading.atInMs - last.atInMs) : 0
  const carried = readings.map(({ atInMs, errorInMs }) => ({ atInMs, errorInMs: errorInMs + shiftInMs }))
  return [...carried, reading].slice(-keep)
}

export function median(readings: Readings): number {
  const sorted = readings.map(({ errorInMs }) => errorInMs).sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2
}

/** The distance between the extremes. */
export function spread(readings: Readings): number {
  const errors = readings.map(({ errorInMs }) => errorInMs)
  return Math.max(...errors) - Math.min(...errors)
}
