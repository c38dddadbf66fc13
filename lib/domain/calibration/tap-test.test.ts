import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beatEveryInMs } from './patterns.ts'
import { estimateFromTaps, tapsForAnEstimate } from './tap-test.ts'

const beatAtInMs = 5_000
const beats = (count: number) =>
  Array.from({ length: count }, (_, index) => beatAtInMs + index * beatEveryInMs)
const estimate = (taps: readonly number[]) => estimateFromTaps(taps, beatAtInMs, beatEveryInMs)

describe('estimateFromTaps', () => {
  it('answers only when there are enough', () => {
    expect(estimate(beats(tapsForAnEstimate - 1))).toBeNull()
    expect(estimate(beats(tapsForAnEstimate))).not.toBeNull()
  })

  it('finds any delay that an output has, however a person trembles', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -80, max: 500, noNaN: true }),
        fc.array(fc.double({ min: -40, max: 40, noNaN: true }), { minLength: 20, maxLength: 20 }),
        (delayInMs, tremble) => {
          const taps = beats(24).map((atInMs, index) => atInMs + delayInMs + (tremble[index % 20] ?? 0))
          const found = estimate(taps)
          expect(Math.abs((found?.delayInMs ?? Number.NaN) - delayInMs)).toBeLessThanOrEqual(40)
        },
      ),
    )
  })

  it('forgets the first taps, and those that missed', () => {
    const taps = beats(24).map((atInMs) => atInMs + 210)
    const first = [140, -90, 60, 30]
    for (const [index, offInMs] of first.entries()) taps[index] = (taps[index] ?? 0) + offInMs
    taps[10] = (taps[10] ?? 0) + 300
    const found = estimate(taps)
    expect(found).toMatchObject({ delayInMs: 210, isSteady: true, taps: 19 })
  })

  it('does not mind beats without a tap', () => {
    const taps = beats(24)
      .filter((_, index) => index % 3)
      .map((atInMs) => atInMs + 33)
    expect(estimate(taps)?.delayInMs).toBeCloseTo(33)
  })

  it('says when somebody only drums', () => {
    const taps = beats(24).map((atInMs, index) => atInMs + ((index * 277) % beatEveryInMs))
    expect(estimate(taps)?.isSteady).toBe(false)
  })
})
