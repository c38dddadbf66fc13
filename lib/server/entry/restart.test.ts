import { expect, test } from 'vitest'
import { nextRestartDelayInMs } from './restart.ts'

test('waits twice as long after each crash and gives up after the fifth within a minute', () => {
  const crashes: number[] = []
  const waits = [1, 2, 3, 4, 5].map((second) => {
    crashes.push(second * 1000)
    return nextRestartDelayInMs(crashes, second * 1000)
  })
  expect(waits).toEqual([500, 1000, 2000, 4000, null])
})

test('forgets crashes that are more than a minute old', () => {
  expect(nextRestartDelayInMs([0, 1, 2, 3, 100_000], 100_000)).toBe(500)
})
