import { expect, it } from 'vitest'
import { isAmongReporters, reportersMax } from './sample.ts'

const ids = Array.from(
  { length: 10_000 },
  (_, index) => `8f14e45f-0000-4000-8000-${String(index).padStart(12, '0')}`,
)

it('asks everybody in a small room', () => {
  expect(ids.every((id) => isAmongReporters(id, reportersMax))).toBe(true)
})

it('asks about as many in a large room, always the same', () => {
  const asked = ids.filter((id) => isAmongReporters(id, ids.length))
  expect(asked.length).toBeGreaterThan(reportersMax * 0.75)
  expect(asked.length).toBeLessThan(reportersMax * 1.25)
  expect(ids.filter((id) => isAmongReporters(id, ids.length))).toEqual(asked)
})
