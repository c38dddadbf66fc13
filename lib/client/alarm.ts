/**
 * A timer that rings in a hidden tab too. Browsers let a hidden page's own timers run once a second, after five minutes
 * once a minute, unless it is heard: and before a song starts, or in a pause, it is not. A worker's timers keep time.
 */
export type Alarm = {
  /** Rings once in `delayInMs`; whatever was set before is forgotten. */
  set(delayInMs: number): void
  clear(): void
  destroy(): void
}

export function createAlarm(onRing: () => void, makeTicker = createTicker): Alarm {
  const page = globalThis.document
  let ticker: Worker | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let dueAtInMs = Number.POSITIVE_INFINITY

  function ring(): void {
    clear()
    onRing()
  }

  function clear(): void {
    clearTimeout(timer)
    dueAtInMs = Number.POSITIVE_INFINITY
    ticker?.postMessage(null)
  }

  function askTicker(): void {
    if (!page?.hidden || dueAtInMs === Number.POSITIVE_INFINITY) return
    if (!ticker) {
      ticker = makeTicker()
      // Between two messages that cross, an old one may ring early.
      ticker?.addEventListener('message', () => performance.now() >= dueAtInMs - 1 && ring())
    }
    ticker?.postMessage(Math.max(0, dueAtInMs - performance.now()))
  }

  page?.addEventListener('visibilitychange', askTicker)

  return {
    set(delayInMs) {
      clearTimeout(timer)
      timer = setTimeout(ring, delayInMs)
      dueAtInMs = performance.now() + delayInMs
      askTicker()
    },
    clear,
    destroy() {
      clear()
      page?.removeEventListener('visibilitychange', askTicker)
      ticker?.terminate()
    },
  }
}

function createTicker(): Worker | null {
  if (!globalThis.Worker) return null
  return new Worker(new URL('./alarm.worker.ts', import.meta.url), { type: 'module' })
}
