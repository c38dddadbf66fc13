import type Stripe from 'stripe'
import { doOnce } from './do-once.ts'

/** A part of what the house kept of a charge, in the currency of the charge. */
export type FeePart = { chargeId: string; amount: number; feeAmount: number }

/**
 * Gives a part of the house's fee back by itself. Together with a refund Stripe does so only where that takes the money from
 * the connected account (docs.stripe.com/connect/destination-charges#refunding-app-fee).
 * @throws StripeError
 */
export async function refundFee(
  stripe: Stripe,
  key: string,
  { chargeId, amount, feeAmount }: FeePart,
): Promise<void> {
  const { application_fee: fee } = await stripe.charges.retrieve(chargeId, { expand: ['application_fee'] })
  if (typeof fee !== 'object' || fee === null) return
  // The fee lies in the currency of the account that it was taken from.
  const share = Math.round((fee.amount * amount) / feeAmount)
  if (share > 0)
    await doOnce(key, (options) => stripe.applicationFees.createRefund(fee.id, { amount: share }, options))
}
