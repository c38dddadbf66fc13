import { expect, test } from 'vitest'
import { loopRegionFrom } from './loop-region.ts'

test('a loop lies between the two marks, whichever was set first', () => {
  expect(loopRegionFrom(10_000.4, 18_000, 60_000)).toEqual({ startInMs: 10_000, endInMs: 18_000 })
  expect(loopRegionFrom(18_000, 10_000, 60_000)).toEqual({ startInMs: 10_000, endInMs: 18_000 })
})

test('marks too close to each other make the shortest loop, inside the track', () => {
  expect(loopRegionFrom(10_000, 10_300, 60_000)).toEqual({ startInMs: 10_000, endInMs: 12_000 })
  expect(loopRegionFrom(59_500, 59_900, 60_000)).toEqual({ startInMs: 58_000, endInMs: 60_000 })
  expect(loopRegionFrom(-200, 100, 60_000)).toEqual({ startInMs: 0, endInMs: 2_000 })
})

test('a track shorter than the shortest loop has none', () => {
  expect(loopRegionFrom(0, 1_000, 1_500)).toBeNull()
})
