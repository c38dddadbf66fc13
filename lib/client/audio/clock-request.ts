import { clockAnswerSchema } from '#lib/protocol/clock.ts'

/** The server's time, read between the two local instants (of `performance.now`). */
export type TimedAnswer = { sentAtInMs: number; receivedAtInMs: number; serverTimeInMs: number }

const address = '/api/clock'

/** The timing of a request is told a task or two after its answer; who waits longer waits in vain. */
const timingWaitInMs = 100

/**
 * Asks the server for its time. The instants come from Resource Timing, which the network stack writes: a busy main
 * thread would add several milliseconds to one's own readings. Those serve where the browser tells nothing.
 */
export async function requestServerTime(signal: AbortSignal): Promise<TimedAnswer> {
  const timing = nextTiming()
  try {
    const askedAtInMs = performance.now()
    const response = await fetch(address, { cache: 'no-store', credentials: 'omit', signal })
    const { serverTimeInMs } = clockAnswerSchema.parse(await response.json())
    const answeredAtInMs = performance.now()
    const entry = await timing.get()
    if (entry && entry.requestStart >= askedAtInMs - 1 && entry.responseStart > entry.requestStart) {
      return { sentAtInMs: entry.requestStart, receivedAtInMs: entry.responseStart, serverTimeInMs }
    }
    return { sentAtInMs: askedAtInMs, receivedAtInMs: answeredAtInMs, serverTimeInMs }
  } finally {
    timing.stop()
  }
}

/** The Resource Timing entry of the next request for the time; null when it does not come. */
function nextTiming() {
  let settle: (entry: PerformanceResourceTiming | null) => void = () => {}
  const found = new Promise<PerformanceResourceTiming | null>((resolve) => {
    settle = resolve
  })
  const observer = new PerformanceObserver((list) => {
    const entry = list.getEntries().find(({ name }) => name.endsWith(address))
    if (entry instanceof PerformanceResourceTiming) settle(entry)
  })
  observer.observe({ type: 'resource' })
  return {
    get() {
      const timer = setTimeout(() => settle(null), timingWaitInMs)
      return found.finally(() => clearTimeout(timer))
    },
    stop: () => observer.disconnect(),
  }
}
