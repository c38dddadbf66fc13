import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type ClockSync, createClockSync } from './clock-sync.ts'

/** A server whose clock is ahead by `offsetInMs` and whose answers take `roundTripInMs`, in simulated time. */
function simulate() {
  const world = { offsetInMs: 1e12, wallShiftInMs: 0, roundTripInMs: 20, isReachable: true, requests: 0 }
  const now = () => performance.now()
  const clock = createClockSync({
    now,
    wallNow: () => now() + world.wallShiftInMs,
    random: () => 0.5,
    async requestServerTime() {
      world.requests++
      const sentAtInMs = now()
      if (!world.isReachable) throw new Error('offline')
      await new Promise((resolve) => setTimeout(resolve, world.roundTripInMs))
      const serverTimeInMs = sentAtInMs + world.roundTripInMs / 2 + world.offsetInMs
      return { sentAtInMs, receivedAtInMs: now(), serverTimeInMs }
    },
  })
  return { world, clock, now }
}

let clock: ClockSync | undefined
beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  clock?.destroy()
  vi.useRealTimers()
})

describe('createClockSync', () => {
  it('knows nothing before the first answer, and then the server time', async () => {
    const sim = simulate()
    clock = sim.clock
    expect(sim.clock.serverNowInMs()).toBeNull()
    expect(sim.clock.uncertaintyInMs).toBe(Number.POSITIVE_INFINITY)
    await vi.advanceTimersByTimeAsync(20)
    expect(sim.clock.serverNowInMs()).toBeCloseTo(sim.now() + 1e12, 1)
    expect(sim.clock.uncertaintyInMs).toBeCloseTo(10, 1)
  })

  it('asks twelve times in the first two seconds, then every few seconds', async () => {
    const sim = simulate()
    clock = sim.clock
    await vi.advanceTimersByTimeAsync(2_000)
    expect(sim.world.requests).toBe(12)
    await vi.advanceTimersByTimeAsync(35_000)
    expect(sim.world.requests).toBe(22)
  })

  it('tells subscribers when a better answer comes', async () => {
    const sim = simulate()
    clock = sim.clock
    const changed = vi.fn()
    const unsubscribe = sim.clock.subscribe(changed)
    await vi.advanceTimersByTimeAsync(20)
    sim.world.roundTripInMs = 4
    await vi.advanceTimersByTimeAsync(150)
    expect(changed).toHaveBeenCalled()
    expect(sim.clock.uncertaintyInMs).toBeCloseTo(2, 0)
    unsubscribe()
    changed.mockClear()
    sim.world.roundTripInMs = 1
    await vi.advanceTimersByTimeAsync(150)
    expect(changed).not.toHaveBeenCalled()
  })

  it('forgets and asks within half a second after the machine slept', async () => {
    const sim = simulate()
    clock = sim.clock
    await vi.advanceTimersByTimeAsync(10_000)
    sim.world.wallShiftInMs = 60_000
    sim.world.offsetInMs += 60_000
    sim.world.roundTripInMs = 400
    await vi.advanceTimersByTimeAsync(510)
    expect(sim.clock.serverNowInMs()).toBeNull()
    await vi.advanceTimersByTimeAsync(400)
    expect(sim.clock.serverNowInMs()).toBeCloseTo(sim.now() + 1e12 + 60_000, 1)
  })

  it('keeps its estimate while the server cannot be reached, asks less and less, and recovers', async () => {
    const sim = simulate()
    clock = sim.clock
    await vi.advanceTimersByTimeAsync(3_000)
    sim.world.isReachable = false
    const before = sim.world.requests
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sim.world.requests - before).toBeLessThan(12)
    expect(sim.clock.serverNowInMs()).toBeCloseTo(sim.now() + 1e12, 0)
    sim.world.isReachable = true
    await vi.advanceTimersByTimeAsync(20_000)
    expect(sim.clock.uncertaintyInMs).toBeLessThan(12)
  })

  it('knows less and less while no answer comes', async () => {
    const sim = simulate()
    clock = sim.clock
    await vi.advanceTimersByTimeAsync(3_000)
    sim.world.isReachable = false
    await vi.advanceTimersByTimeAsync(1_000)
    const before = sim.clock.uncertaintyInMs
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sim.clock.uncertaintyInMs - before).toBeCloseTo(3, 1)
  })

  it('asks a burst at once when the browser is online again, and keeps what it knows until then', async () => {
    const browser = new EventTarget()
    vi.stubGlobal('addEventListener', browser.addEventListener.bind(browser))
    vi.stubGlobal('removeEventListener', browser.removeEventListener.bind(browser))
    const sim = simulate()
    clock = sim.clock
    await vi.advanceTimersByTimeAsync(3_000)
    sim.world.isReachable = false
    await vi.advanceTimersByTimeAsync(30_000)
    sim.world.isReachable = true
    const before = sim.world.requests
    browser.dispatchEvent(new Event('online'))
    expect(sim.clock.serverNowInMs()).toBeCloseTo(sim.now() + 1e12, 0)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(sim.world.requests - before).toBeGreaterThanOrEqual(12)
    sim.clock.destroy()
    vi.unstubAllGlobals()
  })

  it('asks no more once destroyed', async () => {
    const sim = simulate()
    await vi.advanceTimersByTimeAsync(500)
    sim.clock.destroy()
    const before = sim.world.requests
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sim.world.requests).toBe(before)
  })
})
