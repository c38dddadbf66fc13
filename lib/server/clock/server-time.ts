/** How exactly the wall clock's edge is looked for, and for how long at most: an edge comes every millisecond. */
const edge = { widthInMs: 0.02, lookForInMs: 3 }

/**
 * Epoch milliseconds with fractions, the same in every process of one machine: `Date.now` alone would cost each listener
 * up to a millisecond. The monotonic clock is laid on an edge of the wall clock at the start. From then on each reading of
 * the wall clock, which cuts fractions off, says between which two milliseconds the truth lies, and moves what is
 * outside: a clock that is set, or drifts, is followed at once to the millisecond and soon to a small part of it.
 *
 * Processes on several machines agree as well as NTP keeps the clocks of those machines together.
 */
export function createServerTime(wallNow = Date.now, now = () => performance.now()): () => number {
  /** Between what the wall clock minus the monotonic one lies. */
  function read(): { lowestInMs: number; highestInMs: number } {
    const before = now()
    const wall = wallNow()
    return { lowestInMs: wall - now(), highestInMs: wall + 1 - before }
  }

  function findEdge(): number {
    const untilInMs = now() + edge.lookForInMs
    let { lowestInMs, highestInMs } = read()
    while (highestInMs - lowestInMs > edge.widthInMs && now() < untilInMs) {
      const next = read()
      lowestInMs = Math.max(lowestInMs, next.lowestInMs)
      highestInMs = Math.min(highestInMs, next.highestInMs)
    }
    return (lowestInMs + highestInMs) / 2
  }

  let wallMinusMonotonicInMs = findEdge()
  return () => {
    const { lowestInMs, highestInMs } = read()
    wallMinusMonotonicInMs = Math.min(highestInMs, Math.max(lowestInMs, wallMinusMonotonicInMs))
    return wallMinusMonotonicInMs + now()
  }
}
