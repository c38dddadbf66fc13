import { describe, expect, it } from 'vitest'
import { duckGainAt } from './duck.ts'
import { rampsOf, untilNextRampStepInMs } from './ramps.ts'

const crossfade = { inFromInMs: 1_000, inUntilInMs: 5_000, outFromInMs: 60_000, outUntilInMs: 60_030 }
const duck = { fromInMs: 20_000, untilInMs: 30_000, gain: 0.25 }

describe('duckGainAt', () => {
  it.each([
    [19_999, 1],
    [20_125, 0.625],
    [20_250, 0.25],
    [30_000, 0.25],
    [30_125, 0.625],
    [30_250, 1],
  ])('at %d ms is %d', (atInMs, gain) => {
    expect(duckGainAt(duck, atInMs)).toBeCloseTo(gain)
  })

  it('returns from where it was when the voice ends before the music has stepped back', () => {
    const short = { fromInMs: 0, untilInMs: 100, gain: 0 }
    const gains = Array.from({ length: 40 }, (_, index) => duckGainAt(short, index * 10))
    const steps = gains.slice(1).map((gain, index) => Math.abs(gain - (gains[index] ?? 0)))
    expect(Math.max(...steps)).toBeLessThan(0.05)
    expect(gains.at(-1)).toBe(1)
  })

  it('is nothing without a plan', () => {
    expect(duckGainAt(null, 0)).toBe(1)
  })
})

describe('untilNextRampStepInMs', () => {
  const ramps = rampsOf([crossfade, undefined], duck)
  it.each([
    ['waits for the next ramp', 0, 1_000],
    ['takes long ones in steps of 25 ms', 2_000, 25],
    ['does not step past an end', 4_990, 10],
    ['between two of them waits again', 6_000, 14_000],
    ['takes a seam of 30 ms in steps of its own', 60_001, 6],
    ['has nothing to do after the last', 60_030, Number.POSITIVE_INFINITY],
  ])('%s', (_name, nowInMs, expected) => {
    expect(untilNextRampStepInMs(ramps, nowInMs)).toBe(expected)
  })

  it('ignores the side of a passage that has no fade', () => {
    const open = { ...crossfade, inFromInMs: -Infinity, inUntilInMs: -Infinity, outFromInMs: Infinity }
    expect(untilNextRampStepInMs(rampsOf([{ ...open, outUntilInMs: Infinity }], null), 0)).toBe(Infinity)
  })
})
