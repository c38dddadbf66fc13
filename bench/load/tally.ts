import { monotonicInMs } from '../measure/clock.ts'
import { createHistogram } from '../measure/histogram.ts'
import type { Sighting } from './sighting.ts'

/** What all readers of a load process saw since the last reset. */
export type LoadReport = {
  /** Durable events, each counted once a reader and only in order. */
  delivered: number
  /** Chat messages whose latency was taken. */
  timed: number
  doubled: number
  /** Events that a reader was passed over. */
  missed: number
  /** Messages that a sampled reader parsed whole. */
  parsed: number
  /** Messages that were no envelope of the protocol. */
  invalid: number
  /** Connections that ended, which none should. */
  closed: number
  bytes: number
  reads: number
  p50Ms: number
  p95Ms: number
  p99Ms: number
  maxMs: number
}

/** Counts what readers see. Each reader keeps its cursor, `null` until the first message tells it one. */
export function createTally({ isTimed }: { isTimed: boolean }) {
  const latencies = createHistogram()
  const counts = {
    delivered: 0,
    timed: 0,
    doubled: 0,
    missed: 0,
    parsed: 0,
    invalid: 0,
    closed: 0,
    bytes: 0,
    reads: 0,
  }
  return {
    counts,
    /** Takes a message at a reader's cursor and returns the cursor behind it. */
    take: (cursor: number | null, { from, to, seqs, sentAtInMs }: Sighting): number => {
      let at = cursor ?? from
      for (const seq of seqs) {
        if (seq <= at) {
          counts.doubled++
          continue
        }
        counts.missed += seq - at - 1
        counts.delivered++
        at = seq
      }
      if (to > at) counts.missed += to - at
      if (isTimed && sentAtInMs.length > 0) {
        const now = monotonicInMs()
        for (const sentAt of sentAtInMs) latencies.add(now - sentAt)
        counts.timed += sentAtInMs.length
      }
      return Math.max(at, to)
    },
    report: (): LoadReport => ({
      ...counts,
      p50Ms: latencies.percentileInMs(0.5),
      p95Ms: latencies.percentileInMs(0.95),
      p99Ms: latencies.percentileInMs(0.99),
      maxMs: latencies.percentileInMs(1),
    }),
    reset: () => {
      latencies.clear()
      for (const name of Object.keys(counts) as (keyof typeof counts)[]) counts[name] = 0
    },
  }
}

export type Tally = ReturnType<typeof createTally>
