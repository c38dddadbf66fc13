import { describe, expect, it } from 'vitest'
import { medianError, medianOf, robustDeviation, withoutOutliers } from './robust.ts'

describe('robust statistics', () => {
  it('have their middle in the middle', () => {
    expect(medianOf([3, 1, 2])).toBe(2)
    expect(medianOf([4, 1, 2, 3])).toBe(2.5)
    expect(medianOf([])).toBeNaN()
  })

  it('are not moved by one wild value', () => {
    const calm = [10, 11, 12, 13, 14]
    expect(robustDeviation([...calm, 900])).toBeLessThan(4)
    expect(withoutOutliers([...calm, 900], 1)).toEqual(calm)
  })

  it('keep what lies within the tolerance where all others agree exactly', () => {
    expect(withoutOutliers([5, 5, 5, 5.5, 9], 1)).toEqual([5, 5, 5, 5.5])
  })

  it('trust a median more, the more values it has', () => {
    const four = [1, 2, 3, 4]
    expect(medianError([...four, ...four, ...four, ...four])).toBeCloseTo(medianError(four) / 2, 5)
  })
})
