import { describe, expect, it } from 'vitest'
import type { ClientHistory, StrikeHistory } from './history.ts'
import { measureRecovery } from './measure-recovery.ts'
import { percentile } from './percentile.ts'
import { keptHistory, sight } from './testing.ts'

const strike: StrikeHistory = { kind: 'refuse', struckAtInMs: 1_000, healedAtInMs: 4_000, networks: [0] }

function measure(sights: ClientHistory['sights'], strikes: StrikeHistory[] = [strike]) {
  const history = keptHistory()
  const [ana] = history.clients
  if (!ana) throw new Error('Ana is not there.')
  return measureRecovery({ ...history, strikes, clients: [{ ...ana, sights }] })
}

describe('the measure of recovery', () => {
  it('counts a reconnection from the healing of the line to "live"', () => {
    const { reconnections } = measure([
      sight({ atInMs: 500 }),
      sight({ atInMs: 1_010, isOpen: false, isLive: false }),
      sight({ atInMs: 4_300, isLive: false }),
      sight({ atInMs: 4_500 }),
    ])
    expect(reconnections).toEqual([{ kind: 'refuse', way: 'sse', tookInMs: 500, sinceNoticedInMs: 500 }])
  })

  it('counts from the loss where nothing had to heal', () => {
    const { reconnections } = measure(
      [
        sight({ atInMs: 500 }),
        sight({ atInMs: 20_000, isOpen: false, isLive: false }),
        sight({ atInMs: 20_700 }),
      ],
      [],
    )
    expect(reconnections).toEqual([{ kind: 'none', way: 'sse', tookInMs: 700, sinceNoticedInMs: 700 }])
  })

  it.each([3_000, 30_000])('counts from the blow that was noticed at %i only', (noticedAtInMs) => {
    const reset: StrikeHistory = { ...strike, kind: 'reset', healedAtInMs: 1_000 }
    const sights = [
      sight({ atInMs: 500 }),
      sight({ atInMs: noticedAtInMs, isOpen: false, isLive: false }),
      sight({ atInMs: noticedAtInMs + 400 }),
    ]
    expect(measure(sights, [reset]).reconnections).toEqual([
      { kind: 'reset', way: 'sse', tookInMs: noticedAtInMs - 600, sinceNoticedInMs: 400 },
    ])
  })

  it('takes a blow that was noticed for the reason of one loss', () => {
    const reset: StrikeHistory = { ...strike, kind: 'reset', healedAtInMs: 1_000 }
    const sights = [
      sight({ atInMs: 500 }),
      sight({ atInMs: 1_010, isOpen: false, isLive: false }),
      sight({ atInMs: 1_500 }),
      sight({ atInMs: 8_000, isOpen: false, isLive: false }),
      sight({ atInMs: 8_300 }),
    ]
    expect(measure(sights, [reset]).reconnections).toMatchObject([
      { kind: 'reset', tookInMs: 500, sinceNoticedInMs: 490 },
      { kind: 'none', tookInMs: 300 },
    ])
  })

  it('counts from the loss where a line only grew worse, since nobody can say when it was lost', () => {
    const stall: StrikeHistory = { ...strike, kind: 'stall', healedAtInMs: 2_000 }
    const sights = [
      sight({ atInMs: 500 }),
      sight({ atInMs: 3_000, isOpen: false, isLive: false }),
      sight({ atInMs: 3_400 }),
    ]
    expect(measure(sights, [stall]).reconnections).toMatchObject([{ kind: 'stall', tookInMs: 400 }])
  })

  it('counts from the last healing where several strikes met, under the kind of the one that hit first', () => {
    const later: StrikeHistory = { ...strike, kind: 'stall', struckAtInMs: 2_000, healedAtInMs: 5_000 }
    const { reconnections } = measure(
      [
        sight({ atInMs: 500 }),
        sight({ atInMs: 1_010, isOpen: false, isLive: false }),
        sight({ atInMs: 5_200 }),
      ],
      [strike, later],
    )
    expect(reconnections).toEqual([{ kind: 'refuse', way: 'sse', tookInMs: 200, sinceNoticedInMs: 200 }])
  })

  it('tells no time for whom was back while something still hit them', () => {
    const delay: StrikeHistory = { ...strike, kind: 'delay', struckAtInMs: 4_100, healedAtInMs: 6_000 }
    const recovery = measure(
      [
        sight({ atInMs: 500 }),
        sight({ atInMs: 1_010, isOpen: false, isLive: false }),
        sight({ atInMs: 5_200 }),
      ],
      [strike, delay],
    )
    expect(recovery).toMatchObject({ reconnections: [], backBeforeHealing: 1 })
  })

  it('has no end for whom never came back', () => {
    const { reconnections } = measure([
      sight({ atInMs: 500 }),
      sight({ atInMs: 1_010, isOpen: false, isLive: false }),
    ])
    expect(reconnections).toEqual([
      {
        kind: 'refuse',
        way: 'sse',
        tookInMs: Number.POSITIVE_INFINITY,
        sinceNoticedInMs: Number.POSITIVE_INFINITY,
      },
    ])
  })

  it('counts catching up until everything is there that was acknowledged before the healing', () => {
    const { catchUps } = measure([sight({ atInMs: 500, seq: 2 }), sight({ atInMs: 4_200, seq: 4 })])
    expect(catchUps).toEqual([{ kind: 'refuse', way: 'sse', tookInMs: 200 }])
  })

  it('counts catching up from the last healing where several strikes met', () => {
    const kill: StrikeHistory = {
      kind: 'kill_realtime',
      struckAtInMs: 3_000,
      healedAtInMs: 6_000,
      networks: null,
    }
    const { catchUps } = measure(
      [sight({ atInMs: 500, seq: 2 }), sight({ atInMs: 6_300, seq: 4 })],
      [strike, kill],
    )
    expect(catchUps).toEqual([{ kind: 'kill_realtime', way: 'sse', tookInMs: 300 }])
  })

  it('leaves out whom a strike did not hit', () => {
    const { catchUps } = measure([sight({ seq: 4 })], [{ ...strike, networks: [7] }])
    expect(catchUps).toEqual([])
  })
})

describe('a percentile', () => {
  it('is the nearest rank', () => {
    const values = Array.from({ length: 20 }, (_, index) => 20 - index)
    expect(percentile(values, 0.5)).toBe(10)
    expect(percentile(values, 0.95)).toBe(19)
    expect(percentile(values, 1)).toBe(20)
    expect(percentile([], 0.5)).toBeNull()
  })
})
