import type Stripe from 'stripe'
import type { z } from 'zod'
import { CodedError } from '#lib/protocol/errors.ts'
import type { tipRefundedSchema } from '#lib/protocol/tips.ts'
import { toCodedError } from '../db/call-function.ts'
import { doOnce } from '../stripe/do-once.ts'
import { lookUpTip, sumOf, type TipFacts } from '../stripe/look-up-tip.ts'
import { refundFee } from '../stripe/refund-fee.ts'
import { throwCoded } from '../stripe/stripe-error.ts'
import { type AppliedTip, applyTip, refreshTip } from './apply-tip.ts'
import type { TipDeps } from './tip-deps.ts'

/**
 * Gives the whole of a tip back, by the DJ who got it: out of their account, and the house gives its fee back too
 * (docs.stripe.com/connect/destination-charges#issue-refunds). Repeating it changes nothing, unless Stripe says that the
 * refund has failed since.
 * @throws CodedError
 */
export async function refundTip(
  deps: TipDeps,
  djId: string,
  tipId: string,
): Promise<z.infer<typeof tipRefundedSchema>> {
  const { data: tip, error } = await deps.service
    .from('tips')
    .select('livemode, checkout_id')
    .eq('id', tipId)
    .eq('dj_id', djId)
    .maybeSingle()
  if (error) throw toCodedError(error)
  if (!tip || tip.livemode !== deps.access.livemode) throw new CodedError('not_found')
  const facts = tip.checkout_id && (await lookUpTip(deps.access, tip.checkout_id).catch(throwCoded))
  if (!facts) throw new CodedError('stale')
  const status = statusOf(await applyTip(deps, facts))
  if (status === 'refunded') return { tipId, status }
  const isPaid = status === 'paid' || status === 'partly_refunded'
  if (!isPaid || !facts.paymentIntentId) throw new CodedError('stale')
  const { chargeId, feeAmount } = facts
  const owed = feeOwed(facts)
  // Before the refunds: nobody comes back here once the tip is given back.
  if (owed > 0 && chargeId && feeAmount)
    await refundFee(deps.access.stripe, `${tipId}:fee:${facts.refunds.length}`, {
      ...{ chargeId, amount: owed, feeAmount },
    }).catch(throwCoded)
  // After a refund that failed it is another one.
  for (const parameters of refundsFor(facts, facts.paymentIntentId))
    await doOnce(`${tipId}:refund:${facts.refunds.length}:${parameters.reverse_transfer}`, (options) =>
      deps.access.stripe.refunds.create(parameters, options),
    ).catch(unlessRefunded)
  return { tipId, status: statusOf(await refreshTip(deps, facts.checkoutId)) }
}

/**
 * What is left to give back, and by whom. What a refund took from the DJ that failed then lies with the platform
 * (docs.stripe.com/connect/destination-charges#failed-refunds), and is not taken from them again.
 */
function leftOf({ amount, refunds, transferReversedAmount }: TipFacts): { ofDj: number; ofHouse: number } {
  const all = amount ?? 0
  const left = all - sumOf(refunds.filter(({ hasFailed }) => !hasFailed))
  const ofDj = Math.min(left, all - transferReversedAmount)
  return { ofDj, ofHouse: left - ofDj }
}

/**
 * What of the fee goes with the house's part: nothing, unless it was taken from the DJ by hand and without the fee. Stripe
 * does not say with which refund a part of the fee came back; in doubt the DJ has it.
 */
function feeOwed(facts: TipFacts): number {
  const { ofDj, ofHouse } = leftOf(facts)
  const feeOf = (part: number) => Math.round(((facts.feeAmount ?? 0) * part) / (facts.amount || 1))
  const missing = feeOf(facts.transferReversedAmount + ofDj) - feeOf(ofDj) - facts.feeRefundedAmount
  return Math.max(0, Math.min(feeOf(ofHouse), missing))
}

function refundsFor(facts: TipFacts, paymentIntent: string): Stripe.RefundCreateParams[] {
  const { ofDj, ofHouse } = leftOf(facts)
  const hasFee = facts.feeRefundedAmount + feeOwed(facts) < (facts.feeAmount ?? 0)
  const parts = [
    { amount: ofDj, reverse_transfer: true, ...(hasFee && { refund_application_fee: true }) },
    { amount: ofHouse, reverse_transfer: false },
  ].filter((part) => part.amount > 0)
  // One that is alone is all that is left, whatever that is by then.
  const ofAll = parts.length === 1 ? { amount: undefined } : {}
  return parts.map((part) => ({ payment_intent: paymentIntent, ...part, ...ofAll }))
}

/** @throws CodedError `internal` where what Stripe says cannot be true of the tip */
function statusOf(applied: AppliedTip) {
  if (!('status' in applied)) throw new CodedError('internal', { cause: applied })
  return applied.status
}

/** Somebody was faster, perhaps in Stripe's dashboard. */
function unlessRefunded(thrown: unknown): void {
  if ((thrown as { code?: string } | null)?.code !== 'charge_already_refunded') throwCoded(thrown)
}
