/** A tip as Stripe has it, read from its objects. Amounts are in the smallest unit. */
export type StripeTip = {
  tipId: string
  /** How many pages were paid for it. */
  paidPages: number
  amount: number
  currency: string
  refunded: number
  transferReversed: number
  fee: number
  feeRefunded: number
  stripeFee: number
  disputes: readonly StripeDispute[]
}

/** What a bank took, and who has it now; and what Stripe keeps for that. */
export type StripeDispute = { amount: number; outcome: 'open' | 'won' | 'lost'; fee: number }

/** A tip as the database has it. */
export type OwnTip = {
  tipId: string
  status: string
  /** How often the room heard of it. */
  told: number
  /** How often its payment is in the books. */
  paidTransactions: number
  /** What the books hold of it, by account; all in its currency. */
  accounts: Readonly<Record<string, number>>
}

/** Both sides of an evening, after all has healed. */
export type Books = {
  stripe: readonly StripeTip[]
  own: readonly OwnTip[]
  /** Transactions of the ledger whose entries do not add up to nothing. */
  unbalancedTransactions: number
  /** What the DJ has, by currency: by Stripe's own dashboard, and by the ledger. */
  dj: { stripe: Readonly<Record<string, number>>; ledger: Readonly<Record<string, number>> }
}

export type ViolationKind = 'lost' | 'doubled' | 'unbalanced'
export type Violation = { kind: ViolationKind; what: string }

/** Every paid tip is paid here once and was told once, and the books hold what Stripe moved, to the cent. */
export function checkBooks({ stripe, own, unbalancedTransactions, dj }: Books): Violation[] {
  const violations: Violation[] = []
  const say = (kind: ViolationKind, what: string) => violations.push({ kind, what })
  const paid = new Map(stripe.filter(({ paidPages }) => paidPages > 0).map((tip) => [tip.tipId, tip]))
  const ownById = new Map(own.map((tip) => [tip.tipId, tip]))

  for (const { tipId, paidPages, refunded, amount } of paid.values()) {
    const tip = ownById.get(tipId)
    const status = refunded === 0 ? 'paid' : refunded === amount ? 'refunded' : 'partly_refunded'
    if (paidPages > 1) say('doubled', `${tipId} was paid ${paidPages} times`)
    if (!tip || !/paid|refunded/.test(tip.status)) {
      say('lost', `${tipId} is paid at Stripe, and ${tip?.status ?? 'nothing'} here`)
      continue
    }
    if (tip.status !== status) say('unbalanced', `${tipId} is ${status} at Stripe, and ${tip.status} here`)
    // Of one that was given back before anybody knew of it, nobody has to hear.
    if (tip.told === 0 && status !== 'refunded') say('lost', `${tipId} was not told`)
    if (tip.paidTransactions === 0) say('lost', `${tipId} is not in the books`)
  }
  for (const { tipId, told, paidTransactions, accounts } of own) {
    if (told > 1) say('doubled', `${tipId} was told ${told} times`)
    if (paidTransactions > 1) say('doubled', `${tipId} is in the books ${paidTransactions} times`)
    const tip = paid.get(tipId)
    const expected = tip ? accountsOf(tip) : {}
    for (const name of new Set([...Object.keys(expected), ...Object.keys(accounts)])) {
      const [has, had] = [accounts[name] ?? 0, expected[name] ?? 0]
      if (has !== had) say('unbalanced', `${tipId}: ${name} has ${has}, and had to have ${had}`)
    }
  }
  if (unbalancedTransactions > 0) say('unbalanced', `${unbalancedTransactions} transactions do not add up`)
  for (const currency of new Set([...Object.keys(dj.stripe), ...Object.keys(dj.ledger)])) {
    const [has, had] = [dj.ledger[currency] ?? 0, dj.stripe[currency] ?? 0]
    if (has !== had) say('unbalanced', `the DJ has ${had} ${currency} at Stripe, and ${has} here`)
  }
  return violations
}

/** Who has what of a paid tip, by what Stripe moved: written down here once more, not taken from the product. */
function accountsOf(tip: StripeTip): Record<string, number> {
  const { amount, refunded, transferReversed, fee, feeRefunded } = tip
  const stripeFee = tip.stripeFee + tip.disputes.reduce((sum, one) => sum + one.fee, 0)
  const atBank = (outcome: StripeDispute['outcome']) =>
    tip.disputes.reduce((sum, one) => sum + (one.outcome === outcome ? one.amount : 0), 0)
  const [open, lost] = [atBank('open'), atBank('lost')]
  const dj = amount - transferReversed - fee + feeRefunded
  const platform = transferReversed - refunded + fee - feeRefunded - stripeFee - open - lost
  const accounts = {
    dj,
    platform,
    listeners: refunded + lost - amount,
    disputes: open,
    stripe_fees: stripeFee,
  }
  return Object.fromEntries(Object.entries(accounts).filter(([, has]) => has !== 0))
}
