/** Latencies in steps of a tenth of a millisecond up to ten seconds; what is longer counts as ten seconds. */
const stepInMs = 0.1
const steps = 100_000

export type Histogram = {
  add: (latencyInMs: number) => void
  /** @param share of all values, 0.95 for p95; NaN without values. */
  percentileInMs: (share: number) => number
  clear: () => void
}

export function createHistogram(): Histogram {
  const counts = new Uint32Array(steps)
  let total = 0
  return {
    add: (latencyInMs) => {
      const step = Math.min(steps - 1, Math.max(0, Math.floor(latencyInMs / stepInMs)))
      counts[step] = (counts[step] ?? 0) + 1
      total++
    },
    percentileInMs: (share) => {
      let left = Math.ceil(total * share)
      for (let step = 0; total > 0 && step < steps; step++) {
        left -= counts[step] ?? 0
        if (left <= 0) return (step + 1) * stepInMs
      }
      return Number.NaN
    },
    clear: () => {
      counts.fill(0)
      total = 0
    },
  }
}
