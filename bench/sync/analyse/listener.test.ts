import { describe, expect, it } from 'vitest'
import type { Reading } from '../../../e2e/listening/locate.ts'
import { type Happening, happeningsOf } from './happenings.ts'
import { acquiredTimes, biasOf, type Listener, syncedStretches } from './listener.ts'
import { pairOffsets } from './pairs.ts'

/** A reading every 100 ms of [from, until) as `read` says: so far ahead, or not heard (null). */
function readings(from: number, until: number, read: (atInMs: number) => number | null): Reading[] {
  return Array.from({ length: (until - from) / 100 }, (_, index) => {
    const atInMs = from + index * 100
    const aheadInMs = read(atInMs)
    return aheadInMs === null ? { atInMs, kind: 'silent' } : { atInMs, kind: 'heard', aheadInMs }
  })
}
const listener = (
  name: string,
  all: Happening[],
  heard: Reading[],
  isThereFromTheStart = false,
): Listener => ({
  name,
  readings: heard,
  happenings: happeningsOf(all, name, isThereFromTheStart),
})
const comesIn: Happening = { kind: 'come_in', who: 'Ana', atInMs: 1_000 }

describe('syncedStretches', () => {
  it('measures from the tap to the beginning of the first second in sync', () => {
    const heard = readings(0, 10_000, (at) => (at < 2_000 ? null : at < 3_000 ? 60 : 18))
    const [stretch] = syncedStretches(listener('Ana', [comesIn], heard), 0, 10_000)
    expect(stretch).toMatchObject({
      kind: 'come_in',
      fromInMs: 1_000,
      syncedAtInMs: 2_950,
      untilInMs: 10_000,
    })
  })

  it('is not fooled by less than a second, nor by a gap in it', () => {
    const slips = readings(0, 10_000, (at) =>
      at < 2_800 ? 5 : at < 2_900 ? null : at < 3_700 ? 5 : at < 6_000 ? 25 : 5,
    )
    const [stretch] = syncedStretches(listener('Ana', [{ ...comesIn, atInMs: 2_000 }], slips), 0, 10_000)
    expect(stretch?.syncedAtInMs).toBe(5_950)
  })

  it('measures against the room and not against the timeline', () => {
    const heard = readings(0, 10_000, () => -45)
    const [stretch] = syncedStretches(listener('Ana', [comesIn], heard), -40, 10_000)
    expect(stretch?.syncedAtInMs).toBe(1_000)
  })

  it('says when somebody never came into sync', () => {
    const heard = readings(0, 10_000, () => 21)
    const [stretch] = syncedStretches(listener('Ana', [comesIn], heard), 0, 10_000)
    expect(stretch?.syncedAtInMs).toBeNull()
  })

  it('begins anew with every command, but for those who are there', () => {
    const all: Happening[] = [
      comesIn,
      { kind: 'seek', who: 'everybody', atInMs: 4_000 },
      { kind: 'leave', who: 'Ana', atInMs: 6_000 },
      { kind: 'seek', who: 'everybody', atInMs: 7_000 },
      { kind: 'listen', who: 'Ana', atInMs: 8_000 },
    ]
    const heard = readings(0, 10_000, (at) => (at > 6_000 && at < 8_500 ? null : 0))
    const stretches = syncedStretches(listener('Ana', all, heard), 0, 10_000)
    expect(stretches.map(({ kind, syncedAtInMs }) => [kind, syncedAtInMs])).toEqual([
      ['come_in', 1_000],
      ['seek', 4_000],
      ['listen', 8_450],
    ])
    expect(acquiredTimes(stretches)).toEqual([
      { fromInMs: 1_000, untilInMs: 4_000 },
      { fromInMs: 4_000, untilInMs: 6_000 },
      { fromInMs: 8_450, untilInMs: 10_000 },
    ])
  })
})

describe('pairOffsets', () => {
  const all: Happening[] = [
    { kind: 'play', who: 'everybody', atInMs: 0 },
    comesIn,
    { kind: 'change', who: 'everybody', atInMs: 20_000 },
  ]
  const marta = listener(
    'Marta',
    all,
    readings(0, 30_000, () => -10),
    true,
  )
  const ana = listener(
    'Ana',
    all,
    readings(0, 30_000, (at) => (at < 4_000 ? -300 : -13)),
  )
  const withStretches = (one: Listener) => ({ listener: one, stretches: syncedStretches(one, -10, 30_000) })

  it('knows the latency of the room', () => {
    expect(biasOf([marta, ana])).toBeCloseTo(-10, 5)
  })

  it('compares from when both were in sync for the first time, errors and all', () => {
    const pairs = pairOffsets([marta, ana].map(withStretches), [20_000])
    expect(Math.min(...pairs.map(({ atInMs }) => atInMs))).toBe(4_000)
    expect(new Set(pairs.map(({ offsetInMs }) => offsetInMs))).toEqual(new Set([3]))
  })

  it('counts as tracking what is 5 s away from everything that happened', () => {
    const pairs = pairOffsets([marta, ana].map(withStretches), [20_000])
    const tracking = pairs.filter(({ isTracking }) => isTracking).map(({ atInMs }) => atInMs)
    expect(Math.min(...tracking)).toBe(6_000)
    expect(tracking.some((at) => at >= 20_000 && at < 25_000)).toBe(false)
    expect(tracking).toContain(25_000)
    const after = pairs.filter(({ isAfterChange }) => isAfterChange).map(({ atInMs }) => atInMs)
    expect([Math.min(...after), Math.max(...after)]).toEqual([20_000, 21_900])
  })

  it('goes on comparing somebody who fell out of sync', () => {
    const lost = listener(
      'Ana',
      all,
      readings(0, 30_000, (at) => (at < 4_000 ? null : at < 12_000 ? -13 : -90)),
    )
    const pairs = pairOffsets([marta, lost].map(withStretches), [])
    expect(Math.max(...pairs.map(({ offsetInMs }) => offsetInMs))).toBe(80)
  })
})
