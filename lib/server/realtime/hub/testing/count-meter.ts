import type { HubMeter } from '../hub-meter.ts'

/** Adds up what a hub measures. */
export function createCountMeter() {
  const counts: Record<string, number> = {}
  const add = (name: string, more: number) => {
    counts[name] = (counts[name] ?? 0) + more
  }
  const meter: HubMeter = {
    readers: (way, change) => add(`readers ${way}`, change),
    upstreams: (state, change) => {
      add(`upstreams ${state}`, change)
      if (change === 1) add(`upstream went ${state}`, 1)
    },
    resumed: () => add('resumed', 1),
    fannedOut: ({ deliveries, bytes }) => {
      add('frames', 1)
      add('deliveries', deliveries)
      add('bytes', bytes)
    },
    upstreamLag: () => add('upstreamLag', 1),
    endToEnd: () => add('endToEnd', 1),
    skipped: (readers) => add('skipped', readers),
    dropped: (reason) => add(`dropped ${reason}`, 1),
    gapFilled: (events) => add('gapFilled', events),
    logFailed: () => add('logFailed', 1),
  }
  return { meter, counts }
}
