import { describe, expect, it } from 'vitest'
import { type Gain, gainAt } from './fade.ts'

const gain: Gain = { inFromInMs: 1_000, inUntilInMs: 2_000, outFromInMs: 5_000, outUntilInMs: 7_000 }

describe('gainAt', () => {
  it('leaves music without fades as loud as it is', () => {
    expect(gainAt(undefined, 5)).toBe(1)
  })

  it.each([
    ['before it fades in', 0, 0],
    ['in the middle of fading in', 1_500, Math.SQRT1_2],
    ['in between', 3_000, 1],
    ['in the middle of fading out', 6_000, Math.SQRT1_2],
    ['after it faded out', 7_000, 0],
  ])('%s', (_, nowInMs, expected) => {
    expect(gainAt(gain, nowInMs)).toBeCloseTo(expected, 12)
  })

  it('steps where a fade takes no time, and knows sides without one', () => {
    const step = {
      ...gain,
      inFromInMs: 1_000,
      inUntilInMs: 1_000,
      outFromInMs: Infinity,
      outUntilInMs: Infinity,
    }
    expect([999, 1_000, 9e15].map((nowInMs) => gainAt(step, nowInMs))).toEqual([0, 1, 1])
    const sinceEver = { ...step, inFromInMs: -Infinity, inUntilInMs: -Infinity }
    expect(gainAt(sinceEver, -9e15)).toBe(1)
  })
})
