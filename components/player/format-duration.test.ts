import { expect, test } from 'vitest'
import { formatDuration } from './format-duration.ts'

test('durations read as on a player', () => {
  expect(formatDuration(0)).toBe('0:00')
  expect(formatDuration(-400)).toBe('0:00')
  expect(formatDuration(187_900)).toBe('3:07')
  expect(formatDuration(600_000)).toBe('10:00')
  expect(formatDuration(3_723_000)).toBe('1:02:03')
})
