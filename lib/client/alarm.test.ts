import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type Alarm, createAlarm } from './alarm.ts'

/** A page that can be hidden; then its own timers run only once a second, as browsers have it. */
class Page extends EventTarget {
  hidden = false
  hide(): void {
    this.hidden = true
    this.dispatchEvent(new Event('visibilitychange'))
  }
}

/** A worker whose timers keep time. */
class Ticker extends EventTarget {
  timer: ReturnType<typeof setTimeout> | undefined
  isTerminated = false
  postMessage(delayInMs: number | null): void {
    clearTimeout(this.timer)
    if (delayInMs !== null) this.timer = setTimeout(() => this.dispatchEvent(new Event('message')), delayInMs)
  }
  terminate(): void {
    this.isTerminated = true
    clearTimeout(this.timer)
  }
}

let page: Page
let ticker: Ticker
let rings: number[]
let alarm: Alarm
const makeTicker = vi.fn(() => ticker as unknown as Worker)

beforeEach(() => {
  vi.useFakeTimers()
  page = new Page()
  ticker = new Ticker()
  rings = []
  makeTicker.mockClear()
  vi.stubGlobal('document', page)
  const beganAtInMs = performance.now()
  alarm = createAlarm(() => rings.push(performance.now() - beganAtInMs), makeTicker)
})
afterEach(() => {
  alarm.destroy()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** The page's own timers do not ring while it is hidden. */
function throttlePage(): void {
  vi.stubGlobal('setTimeout', () => 0)
}

it('rings once, without a worker, in a tab that is looked at', async () => {
  alarm.set(250)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(rings).toEqual([250])
  expect(makeTicker).not.toHaveBeenCalled()
})

it('rings at the last instant that was set, or not at all', async () => {
  alarm.set(100)
  alarm.set(300)
  await vi.advanceTimersByTimeAsync(1_000)
  alarm.set(100)
  alarm.clear()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(rings).toEqual([300])
})

it('rings in time when the tab is hidden while it waits', async () => {
  const { setTimeout } = globalThis
  alarm.set(400)
  await vi.advanceTimersByTimeAsync(100)
  page.hide()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(rings).toEqual([400])
  // From now on the page's own timers do not ring any more; the worker has its own.
  ticker.postMessage = (delayInMs) => {
    if (delayInMs !== null) setTimeout(() => ticker.dispatchEvent(new Event('message')), delayInMs)
  }
  throttlePage()
  alarm.set(50)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(rings).toEqual([400, 1_150])
})

it('takes no early message for its own', async () => {
  page.hide()
  alarm.set(500)
  ticker.dispatchEvent(new Event('message'))
  expect(rings).toEqual([])
})

it('ends its worker', () => {
  page.hide()
  alarm.set(10)
  alarm.destroy()
  expect(ticker.isTerminated).toBe(true)
})
