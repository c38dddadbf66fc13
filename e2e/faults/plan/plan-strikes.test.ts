import { describe, expect, it } from 'vitest'
import { isKill, planStrikes, strikeKinds } from './plan-strikes.ts'

const seeds = Array.from({ length: 30 }, (_, index) => 1_000 + index)

describe('the faults of a seed', () => {
  it('are the same for the same seed, and others for another', () => {
    expect(planStrikes(7, 40)).toEqual(planStrikes(7, 40))
    expect(planStrikes(7, 40)).not.toEqual(planStrikes(8, 40))
  })

  it('are two to five, in the order in which they strike, on networks that exist', () => {
    for (const seed of seeds) {
      const strikes = planStrikes(seed, 40)
      expect(strikes.length).toBeGreaterThanOrEqual(2)
      expect(strikes.length).toBeLessThanOrEqual(5)
      expect(strikes).toEqual(strikes.toSorted((one, other) => one.atInMs - other.atInMs))
      for (const strike of strikes) {
        if (isKill(strike)) continue
        expect(strike.networks.length).toBeGreaterThan(0)
        expect(strike.networks.every((network) => network >= 0 && network < 40)).toBe(true)
      }
    }
  })

  it('are of every kind within as many seeds as there are kinds', () => {
    const tried = seeds
      .slice(0, strikeKinds.length)
      .flatMap((seed) => planStrikes(seed, 40).map(({ kind }) => kind))
    expect(new Set(tried)).toEqual(new Set(strikeKinds))
  })

  it('kill one part of Supabase at most, and the app at most once', () => {
    for (const seed of seeds) {
      const kinds = planStrikes(seed, 40).map(({ kind }) => kind)
      expect(
        kinds.filter((kind) => kind === 'kill_realtime' || kind === 'kill_database').length,
      ).toBeLessThan(2)
      expect(kinds.filter((kind) => kind.startsWith('kill_app')).length).toBeLessThan(2)
    }
  })
})
