import { expect, it } from 'vitest'
import { historyInMs, type SyncReading, scaleInMs, withReading } from './sync-history.ts'

const reading = (atInMs: number, offsetInMs: number | null = 1): SyncReading => ({
  atInMs,
  offsetInMs,
  uncertaintyInMs: 2,
})

it('keeps what can be seen, and one more', () => {
  let history: readonly SyncReading[] = []
  for (let atInMs = 0; atInMs <= 100_000; atInMs += 1_000) history = withReading(history, reading(atInMs))
  expect(history.at(0)?.atInMs).toBe(100_000 - historyInMs - 1_000)
  expect(history.at(-1)?.atInMs).toBe(100_000)
})

it('shows small offsets large, and large ones whole', () => {
  expect(scaleInMs([])).toBe(10)
  expect(scaleInMs([reading(0, -3), reading(1, null)])).toBe(10)
  expect(scaleInMs([reading(0, -12)])).toBe(25)
  expect(scaleInMs([reading(0, 5_000)])).toBe(1_000)
})
