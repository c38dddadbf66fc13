import { expect, test } from 'vitest'
import { coverPattern } from './cover-pattern.ts'

const ids = Array.from(
  { length: 200 },
  (_, index) => `5b1c9a52-0000-4000-8000-${String(index).padStart(12, '0')}`,
)

test('the same id always draws the same cover', () => {
  for (const id of ids) expect(coverPattern(id)).toEqual(coverPattern(id))
})

test('neighbouring ids draw different covers, in every light', () => {
  const drawn = new Set(ids.map((id) => JSON.stringify(coverPattern(id))))
  expect(drawn.size).toBe(ids.length)
  expect(new Set(ids.map((id) => coverPattern(id).ground)).size).toBe(6)
})
