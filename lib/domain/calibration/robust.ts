/** The middle of some values; NaN of none. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}

/** Turns a median absolute deviation into the standard deviation of a normal distribution that has it. */
const madToDeviation = 1.4826

/** How far values lie around their median: a standard deviation that outliers do not move. */
export function robustDeviation(values: readonly number[]): number {
  const center = medianOf(values)
  return madToDeviation * medianOf(values.map((value) => Math.abs(value - center)))
}

/**
 * What is left without values that lie further than three robust deviations from the median. `tolerance` is a distance
 * that is never an outlier: where most values agree exactly, the deviation says nothing.
 */
export function withoutOutliers(values: readonly number[], tolerance: number): number[] {
  const center = medianOf(values)
  const limit = Math.max(tolerance, 3 * robustDeviation(values))
  return values.filter((value) => Math.abs(value - center) <= limit)
}

/** How far the median of so many values may be off, as one standard error of a median. */
export function medianError(values: readonly number[]): number {
  return (1.2533 * robustDeviation(values)) / Math.sqrt(values.length)
}
