import { expect, test } from 'vitest'
import type { Sighting } from './sighting.ts'
import { createTally } from './tally.ts'

const frame = (from: number, to: number): Sighting => ({
  from,
  to,
  seqs: Array.from({ length: to - from }, (_, i) => from + i + 1),
  sentAtInMs: [],
})

test('a coalesced frame counts as many events as it brings', () => {
  const tally = createTally({ isTimed: false })
  const cursor = tally.take(null, frame(7, 10))
  expect(cursor).toBe(10)
  expect(tally.report()).toMatchObject({ delivered: 3, doubled: 0, missed: 0 })
})

test('an event that comes again counts as doubled, not as delivered', () => {
  const tally = createTally({ isTimed: false })
  tally.take(tally.take(null, frame(0, 3)), frame(2, 4))
  expect(tally.report()).toMatchObject({ delivered: 4, doubled: 1, missed: 0 })
})

test('a hole counts as missed, whether events or a heartbeat show it', () => {
  const tally = createTally({ isTimed: false })
  const cursor = tally.take(tally.take(null, frame(0, 1)), frame(3, 4))
  expect(tally.report()).toMatchObject({ delivered: 2, missed: 2 })
  tally.take(cursor, { from: 6, to: 6, seqs: [], sentAtInMs: [] })
  expect(tally.report()).toMatchObject({ delivered: 2, missed: 4 })
})
