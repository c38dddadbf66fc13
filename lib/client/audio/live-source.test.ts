import { expect, it } from 'vitest'
import { positionIn } from './live-source.ts'

const fragments = [
  { start: 10, programDateTime: 50_000 },
  // The device that captures is a little slow.
  { start: 11, programDateTime: 51_002 },
  { start: 12, programDateTime: null },
]

it('finds the media time of what was captured at an instant', () => {
  expect(positionIn({ fragments }, 50_500)).toBe(10_500)
  expect(positionIn({ fragments }, 51_002)).toBe(11_000)
  expect(positionIn({ fragments }, 53_002)).toBe(13_000)
})

it('goes on with the first segment where nothing is known of before', () => {
  expect(positionIn({ fragments }, 49_000)).toBe(9_000)
})

it('knows nothing without dates', () => {
  expect(positionIn({ fragments: [] }, 50_000)).toBeNull()
})
