import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideCorrection, type SyncState, startAcquiring } from './correction.ts'
import { createSimulatedElement, type Device } from './simulated-element.ts'

/** A small generator (mulberry32), so that a failing run can be repeated from its seed. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Moment = { atInMs: number; errorInMs: number; mode: SyncState['mode']; rate: number }

/** Plays a device under the controller. `disturb` is called before every step. */
function play(
  device: Device,
  seed: number,
  options: { forInMs: number; startErrorInMs: number; disturb?: (atInMs: number, element: Element) => void },
) {
  const element = createSimulatedElement(device, randomFrom(seed))
  element.seek(options.startErrorInMs)
  let state: SyncState = startAcquiring()
  const moments: Moment[] = []
  let seeks = 0
  for (let now = 0; now < options.forInMs; ) {
    const step = state.mode === 'acquiring' ? 50 : 200
    element.advance(step)
    now += step
    options.disturb?.(now, element)
    const position = element.readPositionInMs()
    const { state: next, action } = decideCorrection(state, {
      atInMs: now,
      errorInMs: position === null ? null : position - now,
    })
    if (action.kind === 'rate') element.setRate(action.rate)
    if (action.kind === 'seek') {
      seeks++
      element.setRate(1)
      element.seek(now + action.leadInMs)
    }
    state = next
    moments.push({
      atInMs: now,
      errorInMs: element.truePositionInMs - now,
      mode: state.mode,
      rate: state.rate,
    })
  }
  return { moments, seeks }
}
type Element = ReturnType<typeof createSimulatedElement>

const ideal: Device = { driftInPpm: 0, seekLatencyInMs: 60, seekJitterInMs: 0, readNoiseInMs: 0 }

const anyDevice: fc.Arbitrary<Device> = fc.record({
  driftInPpm: fc.double({ min: -100, max: 100, noNaN: true }),
  seekLatencyInMs: fc.double({ min: 5, max: 300, noNaN: true }),
  seekJitterInMs: fc.double({ min: 0, max: 30, noNaN: true }),
  readNoiseInMs: fc.double({ min: 0, max: 2, noNaN: true }),
})

const firstTracked = (moments: Moment[]) =>
  moments.find(({ mode }) => mode === 'tracking')?.atInMs ?? Infinity
const worst = (moments: Moment[]) => Math.max(...moments.map(({ errorInMs }) => Math.abs(errorInMs)))

describe('acquiring', () => {
  it.each([
    ['far behind', -5_000],
    ['far ahead', 5_000],
    ['a little behind', -30],
    ['a little ahead', 30],
  ])('is heard in sync within 1.2 s when %s', (_name, startErrorInMs) => {
    const { moments } = play(ideal, 1, { forInMs: 10_000, startErrorInMs })
    expect(firstTracked(moments)).toBeLessThan(1_200)
  })

  it('learns the lead of a slow seek', () => {
    const { moments, seeks } = play({ ...ideal, seekLatencyInMs: 250 }, 1, {
      forInMs: 5_000,
      startErrorInMs: -5_000,
    })
    expect(seeks).toBe(2)
    expect(firstTracked(moments)).toBeLessThan(2_000)
  })

  it('waits while the position cannot be read', () => {
    const { action } = decideCorrection(startAcquiring(), { atInMs: 0, errorInMs: null })
    expect(action).toEqual({ kind: 'none' })
  })

  it('is reached by every device', () => {
    fc.assert(
      fc.property(
        anyDevice,
        fc.integer(),
        fc.integer({ min: -60_000, max: 60_000 }),
        (device, seed, error) => {
          const { moments } = play(device, seed, { forInMs: 12_000, startErrorInMs: error })
          return firstTracked(moments) < 6_000
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('tracking', () => {
  it('holds every device within 6 ms, without a seek and without an audible bend', () => {
    fc.assert(
      fc.property(anyDevice, fc.integer(), (device, seed) => {
        const { moments } = play(device, seed, { forInMs: 60_000, startErrorInMs: -200 })
        const settled = moments.filter(({ atInMs }) => atInMs > 20_000)
        expect(settled.every(({ mode }) => mode === 'tracking')).toBe(true)
        expect(worst(settled)).toBeLessThan(6)
        expect(Math.max(...settled.map(({ rate }) => Math.abs(rate - 1)))).toBeLessThanOrEqual(0.005)
      }),
      { numRuns: 300 },
    )
  })

  it('learns a drift of 100 ppm, so that no error remains', () => {
    const { moments } = play({ ...ideal, driftInPpm: 100 }, 1, { forInMs: 60_000, startErrorInMs: 0 })
    expect(worst(moments.slice(-20))).toBeLessThan(0.2)
  })

  /** A device that begins in sync (its first seek takes 60 ms) and jumps once. */
  function playWithJump(jumpAtInMs: number, jumpInMs: number) {
    let hasJumped = false
    return play(ideal, 1, {
      forInMs: jumpAtInMs + 30_000,
      startErrorInMs: 60,
      disturb: (atInMs, element) => {
        if (hasJumped || atInMs < jumpAtInMs) return
        hasJumped = true
        element.jump(jumpInMs)
      },
    })
  }

  it.each([
    ['slews a small jump away', 30_000, 80, 0],
    ['seeks over a large one', 30_000, 300, 1],
    ['seeks at once when the clock of a fresh element jumps', 2_000, -90, 1],
  ])('%s', (_name, jumpAtInMs, jumpInMs, expectedSeeks) => {
    const { moments, seeks } = playWithJump(jumpAtInMs, jumpInMs)
    expect(seeks).toBe(expectedSeeks)
    expect(worst(moments.slice(-20))).toBeLessThan(3)
  })

  it('is never heard far off, whatever stalls and jumps come', () => {
    const disturbance = fc.record({
      atInMs: fc.integer({ min: 40, max: 200 }).map((step) => step * 200),
      stallInMs: fc.integer({ min: 0, max: 4_000 }),
      jumpInMs: fc.integer({ min: -2_000, max: 2_000 }),
    })
    fc.assert(
      fc.property(anyDevice, fc.integer(), fc.array(disturbance, { maxLength: 6 }), (device, seed, list) => {
        const pending = [...list].sort((a, b) => a.atInMs - b.atInMs)
        let disturbedAtInMs = 0
        const { moments } = play(device, seed, {
          forInMs: 60_000,
          startErrorInMs: 0,
          disturb: (atInMs, element) => {
            for (let due = pending[0]; due && due.atInMs <= atInMs; due = pending[0]) {
              pending.shift()
              disturbedAtInMs = atInMs
              element.jump(due.jumpInMs)
              element.stall(due.stallInMs)
            }
          },
        })
        // Three reads after a disturbance the controller knows; a small jump it may slew for some seconds.
        const heard = moments.filter(
          ({ mode, atInMs }) => mode === 'tracking' && atInMs > disturbedAtInMs + 15_000,
        )
        return heard.length === 0 || worst(heard) < 8
      }),
      { numRuns: 200 },
    )
  })
})
