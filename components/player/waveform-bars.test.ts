import { expect, test } from 'vitest'
import { barsOf, levelAt } from './waveform-bars.ts'

test('a bar is as loud as the loudest bucket it stands for, beside the loudest of the track', () => {
  expect(barsOf([0, 255, 51, 102], 2)).toEqual([1, 0.4])
  expect(barsOf([50, 100], 2)).toEqual([0.5, 1])
})

test('more bars than buckets repeat them, and no sound is flat', () => {
  expect(barsOf([255, 0], 4)).toEqual([1, 1, 0, 0])
  expect(barsOf([], 3)).toEqual([0, 0, 0])
})

test('the level moves smoothly from bucket to bucket and stays inside the track', () => {
  expect(levelAt([0, 255], 0.5)).toBe(0.5)
  expect(levelAt([0, 255], -1)).toBe(0)
  expect(levelAt([0, 255], 2)).toBe(1)
})
