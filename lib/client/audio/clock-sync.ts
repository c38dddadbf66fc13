import {
  type ClockEstimate,
  type ClockSample,
  estimateClock,
  hasClockJumped,
  recordSample,
} from '#lib/domain/clock/clock.ts'
import { nextRetryDelayInMs, nextSampleDelayInMs } from '#lib/domain/clock/sampling.ts'
import { requestServerTime, type TimedAnswer } from './clock-request.ts'
import { onNetworkChange } from './network.ts'
import { createStore, type Readable } from './store.ts'

/** The server's clock as this browser knows it. The snapshot is null until the first answer, and after a sleep. */
export type ClockSync = Readable<ClockEstimate | null> & {
  /** Server time now, in epoch milliseconds; null while unknown. */
  serverNowInMs(): number | null
  /** Server time at an instant of `performance.now`; null while unknown. */
  serverTimeAtInMs(localInMs: number): number | null
  /** How far server time may be off, at worst: it grows while no new answer comes. Infinite while unknown. */
  readonly uncertaintyInMs: number
  destroy(): void
}

export type ClockSyncDeps = {
  /** Asks the server for its time; rejects when there is no answer. */
  requestServerTime: (signal: AbortSignal) => Promise<TimedAnswer>
  now: () => number
  wallNow: () => number
  random: () => number
}

const answerTimeoutInMs = 5_000
const lookForJumpEveryInMs = 500
/** In the pace of a tab that is looked at, an answer is never this old. */
const oldAfterInMs = 8_000

/**
 * Keeps asking the server for its time: a burst at first, then every few seconds. After a sleep, or when somebody has set
 * a clock, it begins anew; on another network, and in a tab that is looked at again, it asks a burst beside what it knows.
 */
export function createClockSync(overrides: Partial<ClockSyncDeps> = {}): ClockSync {
  const deps = { ...browserDeps, ...overrides }
  const estimate = createStore<ClockEstimate | null>(null)
  let samples: readonly ClockSample[] = []
  let failures = 0
  let answersInBurst = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let asking: AbortController | undefined
  let isDestroyed = false

  async function ask(): Promise<void> {
    const controller = new AbortController()
    asking = controller
    const timeout = setTimeout(() => controller.abort(), answerTimeoutInMs)
    try {
      const answer = await deps.requestServerTime(controller.signal)
      if (asking !== controller) return
      failures = 0
      answersInBurst++
      learn({ ...answer, wallTimeInMs: deps.wallNow() - (deps.now() - answer.receivedAtInMs) })
    } catch {
      failures++
    } finally {
      clearTimeout(timeout)
      if (asking === controller) {
        asking = undefined
        askAfter(
          failures
            ? nextRetryDelayInMs(failures, deps.random())
            : nextSampleDelayInMs(answersInBurst, deps.random()),
        )
      }
    }
  }

  function learn(sample: ClockSample): void {
    samples = recordSample(samples, sample)
    const known = estimate.getSnapshot()
    const next = estimateClock(samples, sample.receivedAtInMs)
    if (known?.offsetInMs !== next?.offsetInMs || known?.uncertaintyInMs !== next?.uncertaintyInMs)
      estimate.set(next)
  }

  function askAfter(delayInMs: number): void {
    clearTimeout(timer)
    if (!isDestroyed) timer = setTimeout(ask, delayInMs)
  }

  function forgetAfterJump(): void {
    const last = samples.at(-1)
    if (!last) return
    const before = { atInMs: last.receivedAtInMs, wallTimeInMs: last.wallTimeInMs }
    if (!hasClockJumped(before, { atInMs: deps.now(), wallTimeInMs: deps.wallNow() })) return
    samples = []
    restart()
    estimate.set(null)
  }

  /** Asks at once: what was under way may have been held up by the sleep or the network that just ended. */
  function restart(): void {
    asking?.abort()
    asking = undefined
    failures = 0
    answersInBurst = 0
    askAfter(0)
  }

  const onWake = () => {
    forgetAfterJump()
    restart()
  }
  const onVisibilityChange = () => {
    const last = samples.at(-1)
    const isOld = !last || deps.now() - last.receivedAtInMs > oldAfterInMs
    if (!globalThis.document.hidden && isOld) onWake()
  }
  // A laptop that was closed does not always tell the page.
  const watch = setInterval(forgetAfterJump, lookForJumpEveryInMs)
  const unwatchNetwork = onNetworkChange(onWake)
  globalThis.addEventListener?.('pageshow', onWake)
  globalThis.document?.addEventListener('visibilitychange', onVisibilityChange)
  void ask()

  const serverTimeAtInMs = (localInMs: number) => {
    const known = estimate.getSnapshot()
    return known && localInMs + known.offsetInMs
  }
  return {
    getSnapshot: estimate.getSnapshot,
    subscribe: estimate.subscribe,
    serverTimeAtInMs,
    serverNowInMs: () => serverTimeAtInMs(deps.now()),
    get uncertaintyInMs() {
      return estimateClock(samples, deps.now())?.uncertaintyInMs ?? Number.POSITIVE_INFINITY
    },
    destroy() {
      isDestroyed = true
      clearTimeout(timer)
      clearInterval(watch)
      asking?.abort()
      asking = undefined
      unwatchNetwork()
      globalThis.removeEventListener?.('pageshow', onWake)
      globalThis.document?.removeEventListener('visibilitychange', onVisibilityChange)
    },
  }
}

const browserDeps: ClockSyncDeps = {
  requestServerTime,
  now: () => performance.now(),
  wallNow: () => Date.now(),
  random: Math.random,
}
