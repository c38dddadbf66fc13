import { expect, it } from 'vitest'
import { isWebhookStrike, planEvening, strikeKinds } from './plan-evening.ts'

const seeds = Array.from({ length: strikeKinds.length }, (_, index) => 1_000 + index)

it('is the same for the same seed, and another for another', () => {
  expect(planEvening(7)).toEqual(planEvening(7))
  expect(planEvening(7)).not.toEqual(planEvening(8))
})

it('tries every kind of strike within as many seeds as there are kinds', () => {
  const firsts = seeds.map((seed) => planEvening(seed)[0]?.strike)
  expect(new Set(firsts)).toEqual(new Set(strikeKinds))
})

it('gives amounts that may be given, and strikes no tip twice', () => {
  for (const tip of seeds.flatMap(planEvening)) {
    expect(tip.amount).toBeGreaterThanOrEqual(300)
    expect(tip.amount).toBeLessThanOrEqual(20_000)
  }
  for (const seed of seeds) {
    const strikes = planEvening(seed).flatMap(({ strike }) => strike ?? [])
    expect(strikes).toHaveLength(4)
    expect(new Set(strikes).size).toBe(4)
  }
})

it('lets be paid what is struck after the payment', () => {
  for (const { strike, ending, afterwards, returns } of seeds.flatMap(planEvening)) {
    if (strike?.startsWith('events_')) expect(ending).toMatch(/paid/)
    if (isWebhookStrike(strike)) expect([ending, returns]).toEqual([expect.stringMatching(/paid/), 'never'])
    if (strike === 'app_killed_after_the_refund') expect(afterwards).toBe('refunded')
  }
})
