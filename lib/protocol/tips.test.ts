import { expect, test } from 'vitest'
import { openTipSchema } from './tips.ts'

const wish = {
  commandId: '5b1c9a52-0000-4000-8000-000000000001',
  sessionId: '5b1c9a52-0000-4000-8000-000000000002',
  amount: 500,
  currency: 'eur',
  isAnonymous: false,
  showsAmount: true,
}

test('of money, who gives says how much in which currency, and nothing else is listened to', () => {
  const more = {
    ...{
      feeAmount: 0,
      application_fee_amount: 0,
      destination: 'acct_eve',
      accountId: 'acct_eve',
      djId: wish.commandId,
    },
    ...{
      tipperId: wish.commandId,
      decimals: 0,
      livemode: false,
      status: 'paid',
      success_url: 'https://evil.test',
    },
  }
  expect(openTipSchema.parse({ ...wish, ...more })).toEqual(wish)
})

test.each([
  ['nothing', { amount: 0 }],
  ['less than nothing', { amount: -500 }],
  ['a part of a cent', { amount: 500.5 }],
  ['more than numbers can tell apart', { amount: 2 ** 53 }],
  ['no end', { amount: Number.POSITIVE_INFINITY }],
  ['no number', { amount: Number.NaN }],
  ['a text', { amount: '500' }],
  ['another spelling', { currency: 'EUR' }],
  ['a sign', { currency: '€' }],
])('%s is no tip (attacks 26 and 27)', (_, change) => {
  expect(openTipSchema.safeParse({ ...wish, ...change }).success).toBe(false)
})
