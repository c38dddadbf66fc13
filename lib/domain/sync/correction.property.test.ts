import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Device, SimulatedElement } from './simulated-element.ts'
import {
  firstTrackedInMs,
  type Moment,
  randomFrom,
  runSimulation,
  worstBend,
  worstErrorInMs,
} from './simulated-run.ts'

// A failing run prints its seed and its device; `fc.assert(property, { seed, path })` repeats it.

const double = (min: number, max: number) => fc.double({ min, max, noNaN: true })

const anyDevice: fc.Arbitrary<Device> = fc.record({
  driftInPpm: double(-300, 300),
  seekLatencyInMs: double(5, 300),
  seekJitterInMs: double(0, 30),
  lateSeekEvery: fc.constantFrom(0, 4),
  lateSeekInMs: double(0, 500),
  rateLatencyInMs: double(0, 100),
  readNoiseInMs: double(0, 2),
})

const anySeed = fc.integer()

/** The clock is estimated anew from time to time, and each estimate is off by another bit. */
function jitteryClock(seed: number, amplitudeInMs: number): (atInMs: number) => number {
  const random = randomFrom(seed)
  const errors: number[] = []
  return (atInMs) => {
    const index = Math.floor(atInMs / 3_000)
    for (let next = errors.length; next <= index; next++) errors.push((random() * 2 - 1) * amplitudeInMs)
    return errors[index] ?? 0
  }
}

const heard = (moments: readonly Moment[]) => moments.filter(({ isHeard }) => isHeard)
const since = (moments: readonly Moment[], fromInMs: number) =>
  moments.filter(({ atInMs }) => atInMs > fromInMs)

/** How often the error, where it is worth hearing, is on the other side than before. */
function swings(moments: readonly Moment[], aboveInMs: number): number {
  const sides = moments.filter(({ errorInMs }) => Math.abs(errorInMs) > aboveInMs)
  return sides.filter(({ errorInMs }, index) => errorInMs * (sides[index - 1]?.errorInMs ?? errorInMs) < 0)
    .length
}

describe('any device', () => {
  it('is heard within 6 s, wherever it begins', () => {
    fc.assert(
      fc.property(anyDevice, anySeed, fc.integer({ min: -60_000, max: 60_000 }), (device, seed, error) => {
        const { moments } = runSimulation(device, seed, { forInMs: 8_000, startErrorInMs: error })
        expect(firstTrackedInMs(moments)).toBeLessThan(6_000)
        expect(worstBend(heard(moments))).toBeLessThanOrEqual(0.01)
      }),
      { numRuns: 400 },
    )
  })

  it('is held within 6 ms, without a seek, a swing or an audible bend', () => {
    fc.assert(
      fc.property(anyDevice, anySeed, (device, seed) => {
        const { moments } = runSimulation(device, seed, { forInMs: 60_000, startErrorInMs: -200 })
        const settled = since(moments, 15_000)
        expect(heard(settled)).toHaveLength(settled.length)
        expect(worstErrorInMs(settled)).toBeLessThan(6)
        expect(worstBend(settled)).toBeLessThanOrEqual(0.005)
        expect(swings(settled, 2.5)).toBeLessThan(3)
      }),
      { numRuns: 300 },
    )
  })

  it('follows a jittery clock without chasing it', () => {
    fc.assert(
      fc.property(anyDevice, anySeed, double(0, 6), (device, seed, amplitudeInMs) => {
        const { moments, seeks } = runSimulation(device, seed, {
          forInMs: 60_000,
          startErrorInMs: 0,
          clockErrorInMs: jitteryClock(seed, amplitudeInMs),
        })
        const settled = since(moments, 15_000)
        expect(worstErrorInMs(settled)).toBeLessThan(amplitudeInMs + 6)
        expect(worstBend(settled)).toBeLessThanOrEqual(0.02)
        // The clock itself changes sides; beyond what it does, nothing swings.
        expect(swings(settled, amplitudeInMs + 2.5)).toBeLessThan(3)
        expect(seeks).toBeLessThan(8)
      }),
      { numRuns: 200 },
    )
  })

  it('converges too when the tab is throttled to one look a second', () => {
    fc.assert(
      fc.property(anyDevice, anySeed, double(0, 400), (device, seed, lateInMs) => {
        const { moments } = runSimulation(device, seed, {
          forInMs: 90_000,
          startErrorInMs: -3_000,
          throttle: (askedInMs) => Math.max(1_000, askedInMs) + lateInMs,
        })
        const settled = since(moments, 60_000)
        expect(heard(settled)).toHaveLength(settled.length)
        expect(worstErrorInMs(settled)).toBeLessThan(8)
        expect(swings(settled, 4)).toBeLessThan(3)
        expect(worstBend(heard(moments))).toBeLessThanOrEqual(0.02)
      }),
      { numRuns: 200 },
    )
  })
})

describe('a disturbed device', () => {
  const disturbance = fc.record({
    atInMs: fc.integer({ min: 40, max: 200 }).map((step) => step * 200),
    stallInMs: fc.integer({ min: 0, max: 6_000 }),
    /** As when the network stalls, or a headset with another latency takes over. */
    jumpInMs: fc.integer({ min: -2_000, max: 2_000 }),
  })

  it('comes back, whatever stalls and latency jumps come, and never bends beyond 2 % while it is heard', () => {
    fc.assert(
      fc.property(anyDevice, anySeed, fc.array(disturbance, { maxLength: 6 }), (device, seed, list) => {
        const pending = [...list].sort((a, b) => a.atInMs - b.atInMs)
        let disturbedAtInMs = 0
        const disturb = (atInMs: number, element: SimulatedElement) => {
          for (let due = pending[0]; due && due.atInMs <= atInMs; due = pending[0]) {
            pending.shift()
            disturbedAtInMs = atInMs + due.stallInMs
            element.jump(due.jumpInMs)
            element.stall(due.stallInMs)
          }
        }
        const { moments } = runSimulation(device, seed, { forInMs: 70_000, startErrorInMs: 0, disturb })
        expect(worstBend(heard(moments))).toBeLessThanOrEqual(0.02)
        // A jump of up to 120 ms it may slew for some seconds.
        const recovered = since(moments, disturbedAtInMs + 20_000)
        expect(heard(recovered)).toHaveLength(recovered.length)
        expect(worstErrorInMs(recovered)).toBeLessThan(8)
        expect(swings(recovered, 4)).toBeLessThan(3)
      }),
      { numRuns: 200 },
    )
  })

  it('has done with large bends when its silent head is over', () => {
    const silentUntilInMs = fc.integer({ min: 1_500, max: 5_000 })
    const jumpsBeforeInMs = fc.integer({ min: 0, max: 1_000 })
    const jumpInMs = fc.integer({ min: -140, max: 140 })
    const anyHead = fc.record({ silentUntilInMs, jumpsBeforeInMs, jumpInMs })
    fc.assert(
      fc.property(anyDevice, anySeed, anyHead, (device, seed, head) => {
        let hasJumped = false
        const { moments } = runSimulation(device, seed, {
          forInMs: 12_000,
          startErrorInMs: 0,
          silentUntilInMs: head.silentUntilInMs,
          disturb: (atInMs, element) => {
            if (hasJumped || atInMs < head.silentUntilInMs - head.jumpsBeforeInMs) return
            hasJumped = true
            element.jump(head.jumpInMs)
          },
        })
        expect(worstBend(heard(moments))).toBeLessThanOrEqual(0.02)
      }),
      { numRuns: 300 },
    )
  })

  it('is not sought while it is heard unless it is far off', () => {
    fc.assert(
      fc.property(anyDevice, anySeed, fc.integer({ min: -110, max: 110 }), (device, seed, jumpInMs) => {
        let hasJumped = false
        const { seeksHeard } = runSimulation({ ...device, readNoiseInMs: 1 }, seed, {
          forInMs: 60_000,
          startErrorInMs: device.seekLatencyInMs,
          disturb: (atInMs, element) => {
            if (hasJumped || atInMs < 20_000) return
            hasJumped = true
            element.jump(jumpInMs)
          },
        })
        expect(seeksHeard).toBe(0)
      }),
      { numRuns: 200 },
    )
  })
})
