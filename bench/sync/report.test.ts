import { describe, expect, it } from 'vitest'
import type { Part, RoundFigures } from './analyse/analyse-round.ts'
import type { PairOffset } from './analyse/pairs.ts'
import { figuresOf } from './report.ts'

const pair = (offsetInMs: number, under: Partial<PairOffset> = {}): PairOffset => ({
  atInMs: 0,
  pair: 'Ana-Ben',
  offsetInMs,
  isTracking: false,
  isAfterChange: false,
  ...under,
})
const part = (stretches: Part['stretches']): Part => ({
  listener: { name: 'Ana', readings: [], happenings: [] },
  stretches,
  gaps: [{ fromInMs: 0, durationInMs: 40 }],
  glitches: [{ atInMs: 0, kind: 'jump', byInRadians: 2 }],
  toneInSeconds: 20,
  discarded: { elsewhere: 2, ambiguous: 1 },
})
const stretch = (
  kind: 'seek' | 'next',
  fromInMs: number,
  syncedAtInMs: number | null,
  untilInMs: number,
) => ({
  kind,
  fromInMs,
  syncedAtInMs,
  untilInMs,
  isEntrance: false,
})

describe('figuresOf', () => {
  const pairs = [
    pair(-30),
    pair(2, { isTracking: true }),
    pair(-3, { isTracking: true }),
    pair(9, { isAfterChange: true }),
  ]
  const stretches = [
    stretch('seek', 0, 700, 5_000),
    stretch('seek', 5_000, null, 9_000),
    // Ended before anybody could have been in sync.
    stretch('seek', 9_000, null, 9_500),
    stretch('next', 9_500, 11_500, 20_000),
  ]
  const round: RoundFigures = { pairs, parts: [part(stretches)], changes: [], biasInMs: 0 }

  it('pools rounds, takes offsets without their sign, and does not hide who never came into sync', () => {
    expect(figuresOf([round, round], 1.234)).toEqual({
      trackingP50Ms: 3,
      trackingP95Ms: 3,
      overallP95Ms: 30,
      maxMs: 30,
      joins: 4,
      timeToSyncP50Ms: 4_000,
      timeToSyncP95Ms: 4_000,
      trackChangeP95Ms: 9,
      stalls: 2,
      glitches: 2,
      glitchesPerMinute: 3,
      loadAverage: 1.23,
      rounds: 2,
      neverInSync: 2,
      comparisons: 8,
      discarded: { elsewhere: 4, ambiguous: 2 },
    })
  })

  it('says null where nothing was measured', () => {
    expect(figuresOf([], 0)).toMatchObject({
      trackingP95Ms: null,
      timeToSyncP95Ms: null,
      joins: 0,
      stalls: 0,
    })
  })
})
