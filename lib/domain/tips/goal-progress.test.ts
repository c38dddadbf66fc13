import { expect, test } from 'vitest'
import { checkAmount } from './check-amount.ts'
import { goalProgress } from './goal-progress.ts'

test('a goal is reached when all of it is there, and not a cent earlier', () => {
  expect(goalProgress(0, 10_000)).toEqual({ share: 0, percent: 0, isReached: false })
  expect(goalProgress(9_999, 10_000)).toEqual({ share: 0.9999, percent: 99, isReached: false })
  expect(goalProgress(10_000, 10_000)).toEqual({ share: 1, percent: 100, isReached: true })
  expect(goalProgress(25_000, 10_000)).toEqual({ share: 1, percent: 100, isReached: true })
})

test('an amount is within what may be given', () => {
  const bounds = { minAmount: 300, maxAmount: 20_000 }
  expect([null, 0, 299, 300, 20_000, 20_001].map((amount) => checkAmount(amount, bounds))).toEqual([
    'no_amount',
    'too_small',
    'too_small',
    null,
    null,
    'too_large',
  ])
})
