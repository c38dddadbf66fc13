import { expect, test } from 'vitest'
import { hintedRetryDelayInMs, jitteredInMs, nextRetryDelayInMs } from './retry-delay.ts'

const longest = (attempt: number) => Math.round(nextRetryDelayInMs(attempt, () => 1))

test('grows to what a restart takes, and after a long outage to what leaves a server in peace', () => {
  expect([0, 1, 2, 3, 11, 12, 60].map(longest)).toEqual([500, 1_000, 2_000, 3_000, 3_000, 15_000, 15_000])
})

test('is any time from now on, so that a crowd does not come back together', () => {
  expect(nextRetryDelayInMs(3, () => 0)).toBe(0)
  expect(nextRetryDelayInMs(3, () => 0.5)).toBe(1_500)
})

test('a server that says how long to wait is given that time, and up to twice', () => {
  expect(hintedRetryDelayInMs(0, () => 0, 2_000)).toBe(2_000)
  expect(hintedRetryDelayInMs(0, () => 1, 2_000)).toBe(4_500)
  expect(hintedRetryDelayInMs(0, () => 1, undefined)).toBe(500)
})

test('what is done again and again is spread by a quarter either way', () => {
  expect([0, 0.5, 1].map((chance) => jitteredInMs(1_000, () => chance))).toEqual([750, 1_000, 1_250])
})
