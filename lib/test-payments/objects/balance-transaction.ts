import type Stripe from 'stripe'
import { makeId, nowInSeconds } from '../state/ids.ts'
import type { Charge, Dispute } from '../state/state.ts'

/** About what a card costs, and a dispute; nobody should rely on the numbers. */
const stripeFeeShare = 0.029
const disputeFeeInMinorUnits = 1_500

type Kind = Pick<Stripe.BalanceTransaction, 'description' | 'reporting_category' | 'type'>
type Moved = Kind & { source: Charge | Dispute; amount: number; fee: number; feeFor: string }

/** What a charge did to the platform's balance. */
export function balanceTransactionOf(charge: Charge, id: string): Stripe.BalanceTransaction {
  const { amount, created, description } = charge
  const fee = Math.ceil(amount * stripeFeeShare)
  const kind: Kind = { description, reporting_category: 'charge', type: 'charge' }
  return newBalanceTransaction(id, created, {
    ...kind,
    ...{ source: charge, amount, fee, feeFor: 'Processing fees' },
  })
}

/** The bank has the money of a dispute, and Stripe its fee for it. */
export function withdrawalOf(dispute: Dispute): Stripe.BalanceTransaction {
  const description = `Chargeback withdrawal for ${dispute.charge}`
  const kind: Kind = { description, reporting_category: 'dispute', type: 'adjustment' }
  return newBalanceTransaction(makeId('txn_'), nowInSeconds(), {
    ...kind,
    ...{ source: dispute, amount: -dispute.amount, fee: disputeFeeInMinorUnits, feeFor: 'Dispute fee' },
  })
}

/** The money of a dispute that is won comes back, and the fee where Stripe and the platform agreed so. */
export function reinstatementOf(dispute: Dispute, returnsFee: boolean): Stripe.BalanceTransaction {
  const description = `Chargeback reversal for ${dispute.charge}`
  const kind: Kind = { description, reporting_category: 'dispute_reversal', type: 'adjustment' }
  const fee = returnsFee ? -disputeFeeInMinorUnits : 0
  return newBalanceTransaction(makeId('txn_'), nowInSeconds(), {
    ...kind,
    ...{ source: dispute, amount: dispute.amount, fee, feeFor: 'Dispute fee refund' },
  })
}

function newBalanceTransaction(
  id: string,
  created: number,
  { source, amount, fee, feeFor, ...kind }: Moved,
): Stripe.BalanceTransaction {
  const { currency } = source
  const feeDetail = {
    amount: fee,
    application: null,
    currency,
    description: feeFor,
    type: 'stripe_fee',
  } as const
  return {
    ...{ id, amount, created, currency, fee, net: amount - fee, exchange_rate: null, ...kind },
    object: 'balance_transaction',
    available_on: created,
    balance_type: 'payments',
    fee_details: fee === 0 ? [] : [feeDetail],
    source: source.id,
    status: 'available',
  }
}
