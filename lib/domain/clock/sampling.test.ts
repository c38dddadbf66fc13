import { describe, expect, it } from 'vitest'
import { burstLength, nextRetryDelayInMs, nextSampleDelayInMs } from './sampling.ts'

describe('nextSampleDelayInMs', () => {
  it.each([
    [0, 0, 50],
    [burstLength - 1, 1, 100],
    [burstLength, 0, 2_000],
    [48, 1, 5_000],
  ])('after %i answers of a burst and chance %d waits %d ms', (known, random, delay) => {
    expect(nextSampleDelayInMs(known, random)).toBe(delay)
  })
})

describe('nextRetryDelayInMs', () => {
  it('doubles and stays below 16 s', () => {
    expect([1, 2, 3].map((failures) => nextRetryDelayInMs(failures, 0))).toEqual([250, 500, 1_000])
    expect(nextRetryDelayInMs(99, 0.999)).toBeLessThan(16_000)
  })
})
