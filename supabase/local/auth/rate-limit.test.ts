import { expect, test } from 'vitest'
import { createRateLimit } from './rate-limit.ts'

const takeTimes = (take: (key: string) => boolean, key: string, times: number) =>
  Array.from({ length: times }, () => take(key)).filter(Boolean).length

test('lets so many through at once, each key for itself, and as many again spread over the time', () => {
  let nowInMs = 0
  const take = createRateLimit(300, 300_000, () => nowInMs)
  expect(takeTimes(take, 'a', 400)).toBe(300)
  expect(takeTimes(take, 'b', 10)).toBe(10)
  nowInMs += 10_000
  expect(takeTimes(take, 'a', 400)).toBe(10)
  nowInMs += 3_600_000
  expect(takeTimes(take, 'a', 400)).toBe(300)
})
