import type { Bye } from '#lib/protocol/stream.ts'
import type { Reader } from './reader.ts'

/** What a hub tells of itself. Called in hot paths: nothing here may block or throw. */
export type HubMeter = {
  /** Open readers, up and down. */
  readers: (way: Reader['way'], change: 1 | -1) => void
  /** Sessions that this hub follows, by whether their upstream is there, up and down. */
  upstreams: (state: 'open' | 'down', change: 1 | -1) => void
  /** A reader came with a cursor. */
  resumed: (way: Reader['way']) => void
  /** One frame went to the readers of one session; `bytes` is what they got as server-sent events, all together. */
  fannedOut: (fanOut: { deliveries: number; bytes: number; durationInMs: number }) => void
  /** From the database's `sentAt` to the arrival from upstream. */
  upstreamLag: (lagInMs: number) => void
  /** From the newest durable event in a frame (its `at`) to the end of its fan-out. */
  endToEnd: (latencyInMs: number) => void
  /** Readers that were full and did not get a frame. */
  skipped: (readers: number) => void
  /** The hub closed a reader. */
  dropped: (reason: Bye['reason']) => void
  /** Events that did not arrive by themselves and were read from the log. */
  gapFilled: (events: number) => void
  /** The log could not be read, and will be tried again. */
  logFailed: () => void
}
