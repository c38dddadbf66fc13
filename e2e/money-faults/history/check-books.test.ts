import { expect, it } from 'vitest'
import { type Books, checkBooks, type OwnTip, type StripeDispute, type StripeTip } from './check-books.ts'

const stripeTip: StripeTip = {
  ...{ tipId: 'a', paidPages: 1, amount: 1_000, currency: 'eur', fee: 100, stripeFee: 29, disputes: [] },
  ...{ refunded: 0, transferReversed: 0, feeRefunded: 0 },
}
const ownTip: OwnTip = {
  ...{ tipId: 'a', status: 'paid', told: 1, paidTransactions: 1 },
  accounts: { listeners: -1_000, dj: 900, platform: 71, stripe_fees: 29 },
}
const kindsIn = ({
  stripe = {},
  own = {},
  ...books
}: { stripe?: Partial<StripeTip>; own?: Partial<OwnTip> } & Partial<Omit<Books, 'stripe' | 'own'>>) =>
  checkBooks({
    stripe: [{ ...stripeTip, ...stripe }],
    own: [{ ...ownTip, ...own }],
    unbalancedTransactions: 0,
    dj: { stripe: { eur: 900 }, ledger: { eur: 900 } },
    ...books,
  }).map(({ kind }) => kind)

it('finds nothing where both sides say the same', () => {
  expect(kindsIn({})).toEqual([])
  expect(
    kindsIn({
      stripe: { paidPages: 0 },
      own: { status: 'open', told: 0, paidTransactions: 0, accounts: {} },
    }),
  ).toEqual([])
})

it('finds what was lost: the payment, the word of it, its place in the books', () => {
  expect(kindsIn({ own: { status: 'open' } })).toContain('lost')
  expect(kindsIn({ own: { told: 0 } })).toEqual(['lost'])
  expect(kindsIn({ own: { paidTransactions: 0 } })).toEqual(['lost'])
  expect(
    checkBooks({ stripe: [stripeTip], own: [], unbalancedTransactions: 0, dj: { stripe: {}, ledger: {} } }),
  ).toMatchObject([{ kind: 'lost' }])
})

it('finds what was done twice: paid, told, posted', () => {
  expect(kindsIn({ stripe: { paidPages: 2 } })).toEqual(['doubled'])
  expect(kindsIn({ own: { told: 2 } })).toEqual(['doubled'])
  expect(kindsIn({ own: { paidTransactions: 2 } })).toEqual(['doubled'])
})

it('finds books that are not what Stripe moved', () => {
  expect(kindsIn({ unbalancedTransactions: 1 })).toEqual(['unbalanced'])
  expect(kindsIn({ dj: { stripe: { eur: 900 }, ledger: { eur: 800 } } })).toEqual(['unbalanced'])
  expect(kindsIn({ stripe: { stripeFee: 30 } })).toEqual(['unbalanced', 'unbalanced'])
  expect(kindsIn({ stripe: { paidPages: 0 } })).toContain('unbalanced')
  expect(kindsIn({ stripe: { refunded: 100, transferReversed: 100 } })).toContain('unbalanced')
})

it('knows what refunds and disputes move', () => {
  const refunded = { refunded: 400, transferReversed: 400, feeRefunded: 40 }
  const byHouse = { refunded: 400 }
  const accounts = (dj: number, platform: number, listeners: number, disputes = 0) => ({
    ...{ dj, platform, listeners, disputes, stripe_fees: 29 },
  })
  const status = 'partly_refunded'
  expect(kindsIn({ stripe: refunded, own: { status, accounts: accounts(540, 31, -600) } })).toEqual([])
  expect(kindsIn({ stripe: byHouse, own: { status, accounts: accounts(900, -329, -600) } })).toEqual([])
  const disputed = (
    disputes: readonly Omit<StripeDispute, 'fee'>[],
    has: Record<string, number>,
    stripe: Partial<StripeTip> = {},
    ownStatus = 'paid',
    fee = 0,
  ) =>
    kindsIn({
      stripe: { ...stripe, disputes: disputes.map((one) => ({ ...one, fee })) },
      own: { status: ownStatus, accounts: has },
    })
  const all = 1_000
  expect(disputed([{ amount: all, outcome: 'open' }], accounts(900, -929, -all, all))).toEqual([])
  expect(disputed([{ amount: all, outcome: 'lost' }], accounts(900, -929, 0))).toEqual([])
  expect(disputed([{ amount: all, outcome: 'won' }], accounts(900, 71, -all))).toEqual([])
  expect(disputed([{ amount: 300, outcome: 'open' }], accounts(900, -229, -all, 300))).toEqual([])
  expect(disputed([{ amount: 300, outcome: 'open' }], accounts(900, -929, -all, all))).toContain('unbalanced')
  const twice = [
    { amount: 300, outcome: 'won' },
    { amount: all, outcome: 'open' },
  ] as const
  expect(disputed(twice, accounts(900, -929, -all, all))).toEqual([])
  // Given back, and taken by the bank as well.
  const givenBack = { refunded: all, transferReversed: all, feeRefunded: 100 }
  const lost = [{ amount: all, outcome: 'lost' }] as const
  expect(disputed(lost, accounts(0, -1_029, all), givenBack, 'refunded')).toEqual([])
  // What Stripe keeps for it is the house's to pay.
  const withFee = { ...accounts(900, -929 - 1_500, 0), stripe_fees: 29 + 1_500 }
  expect(disputed(lost, withFee, {}, 'paid', 1_500)).toEqual([])
  expect(disputed(lost, accounts(900, -929, 0), {}, 'paid', 1_500)).toContain('unbalanced')
  // A refund that failed: the DJ's share lies with the house.
  const failed = { ...givenBack, refunded: 0 }
  expect(kindsIn({ stripe: failed, own: { accounts: accounts(0, 971, -all) } })).toEqual([])
  expect(
    kindsIn({
      stripe: { ...stripeTip, refunded: 1_000, transferReversed: 1_000, feeRefunded: 100 },
      own: { status: 'refunded', told: 0, accounts: { platform: -29, stripe_fees: 29 } },
    }),
  ).toEqual([])
})
