import { expect, test } from 'vitest'
import { nextRetryDelayInMs } from './backoff.ts'

test('waits longer each time, up to five seconds, and never at the same moment as others', () => {
  const longest = [0, 1, 2, 5, 6, 100].map((attempt) => nextRetryDelayInMs(attempt, () => 1))
  expect(longest).toEqual([100, 200, 400, 3200, 5000, 5000])
  expect(nextRetryDelayInMs(3, () => 0.5)).toBe(400)
})
