import type Stripe from 'stripe'
import { applicationFees } from '../objects/payment.ts'
import { find, invalidRequest } from '../refusal.ts'
import { makeId, nowInSeconds } from '../state/ids.ts'
import type { Fake } from '../state/state.ts'

/**
 * Gives what the platform took of a charge back to the connected account, by itself: all that is left where no amount is
 * named. @throws StripeRefusal where less is left, or nothing
 */
export function refundFee(fake: Fake, feeId: string, amountInMinorUnits?: number): Stripe.FeeRefund {
  const { state } = fake
  const charge = Object.values(state.charges).find(({ application_fee: id }) => id === feeId)
  const transfer = find(state.transfers, charge?.transfer ?? feeId, 'application_fee')
  const left = transfer.feeInMinorUnits - transfer.feeRefundedInMinorUnits
  const amount = amountInMinorUnits ?? left
  if (left === 0) throw invalidRequest(`Application fee ${feeId} has already been refunded.`)
  if (amount > left)
    throw invalidRequest(`The refund is greater than what is left of application fee ${feeId}.`, {
      param: 'amount',
    })
  transfer.feeRefundedInMinorUnits += amount
  tellOfFeeRefund(fake, feeId)
  return {
    ...{ id: makeId('fr_'), amount, created: nowInSeconds(), currency: transfer.currency, fee: feeId },
    object: 'fee_refund',
    balance_transaction: null,
    metadata: {},
  }
}

export const tellOfFeeRefund = (fake: Fake, feeId: string): void =>
  fake.emit('application_fee.refunded', find(applicationFees(fake.state), feeId, 'application_fee'))
