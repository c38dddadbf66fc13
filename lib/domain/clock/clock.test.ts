import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ClockSample, estimateClock, hasClockJumped, recordSample } from './clock.ts'

const trueOffset = 1_700_000_000_000

/** A question sent at `sentAt` that takes `there` ms to the server and `back` ms to return. */
function ask(sentAt: number, there: number, back: number, offset = trueOffset, wallShift = 0): ClockSample {
  const receivedAtInMs = sentAt + there + back
  return {
    sentAtInMs: sentAt,
    receivedAtInMs,
    serverTimeInMs: sentAt + there + offset,
    wallTimeInMs: receivedAtInMs + wallShift,
  }
}

const collect = (samples: ClockSample[]) => samples.reduce<readonly ClockSample[]>(recordSample, [])

describe('estimateClock', () => {
  it('knows nothing without samples', () => {
    expect(estimateClock([], 0)).toBeNull()
  })

  it.each([
    ['symmetric', [[5, 5]], 0, 5],
    ['one way slower: wrong by half the difference', [[40, 10]], 15, 25],
    [
      'the quickest round trip wins',
      [
        [90, 10],
        [3, 3],
        [10, 60],
      ],
      0,
      3,
    ],
  ])('%s', (_name, trips, error, uncertainty) => {
    const samples = collect(trips.map(([there = 0, back = 0], index) => ask(index * 100, there, back)))
    const estimate = estimateClock(samples, samples.at(-1)?.receivedAtInMs ?? 0)
    expect(estimate?.offsetInMs).toBeCloseTo(trueOffset + error, 3)
    expect(estimate?.uncertaintyInMs).toBeCloseTo(uncertainty, 0)
  })

  it('prefers a fresh sample to one that drift has made worthless', () => {
    const samples = collect([ask(0, 1, 1), ask(120_000, 4, 4)])
    expect(estimateClock(samples, 1_000)?.uncertaintyInMs).toBeCloseTo(1, 0)
    expect(estimateClock(samples, 121_000)?.uncertaintyInMs).toBeCloseTo(4, 0)
  })

  it('is never further from the truth than it says, whatever the network does', () => {
    const trip = fc.tuple(
      fc.double({ min: 0.1, max: 500, noNaN: true }),
      fc.double({ min: 0.1, max: 500, noNaN: true }),
    )
    const drift = fc.double({ min: -40e-6, max: 40e-6, noNaN: true })
    fc.assert(
      fc.property(fc.array(trip, { minLength: 1, maxLength: 80 }), drift, (trips, driftPerMs) => {
        let sentAt = 0
        const samples = collect(
          trips.map(([there, back]) => {
            sentAt += 1_500
            return ask(sentAt, there, back, trueOffset + (sentAt + there) * driftPerMs)
          }),
        )
        const now = sentAt + 2_000
        const estimate = estimateClock(samples, now)
        if (!estimate) return false
        const error = Math.abs(estimate.offsetInMs - (trueOffset + now * driftPerMs))
        // A double near 1.7e12 is exact to about 0.0002 ms.
        return error <= estimate.uncertaintyInMs + 0.01
      }),
    )
  })
})

describe('recordSample', () => {
  it('keeps the latest 48', () => {
    const samples = collect(Array.from({ length: 60 }, (_, index) => ask(index * 100, 1, 1)))
    expect(samples).toHaveLength(48)
    expect(samples[0]?.sentAtInMs).toBe(1_200)
  })

  it('forgets what it knew before the machine slept', () => {
    const hour = 3_600_000
    const samples = collect([ask(0, 1, 1), ask(100, 1, 1), ask(200, 30, 30, trueOffset + hour, hour)])
    expect(samples).toHaveLength(1)
    expect(estimateClock(samples, 300)?.offsetInMs).toBeCloseTo(trueOffset + hour, 3)
  })

  it('forgets samples that the newest one proves wrong', () => {
    const samples = collect([ask(0, 1, 1), ask(100, 1, 1), ask(200, 5, 5, trueOffset + 500)])
    expect(samples).toHaveLength(1)
  })

  it('keeps good samples when a slow one comes in', () => {
    expect(collect([ask(0, 1, 1), ask(100, 900, 1)])).toHaveLength(2)
  })
})

describe('hasClockJumped', () => {
  const before = { atInMs: 1_000, wallTimeInMs: 5_000 }
  it.each([
    ['both went on', 61_000, 65_000, false],
    ['a wall clock that is slewed a little', 61_000, 65_050, false],
    ['sleep: the wall went on alone', 2_000, 605_000, true],
    ['the wall was set back', 2_000, 3_000, true],
    ['the monotonic clock began anew', 0, 5_500, true],
  ])('%s', (_name, atInMs, wallTimeInMs, expected) => {
    expect(hasClockJumped(before, { atInMs, wallTimeInMs })).toBe(expected)
  })
})
