import type Stripe from 'stripe'
import { z } from 'zod'
import type { TipSubject } from './event-subject.ts'
import type { StripeAccess } from './stripe-access.ts'
import { nullWhereMissing } from './stripe-error.ts'

/** What SQL is told of a tip (`private.apply_tip_facts`); null is what is not known yet. Amounts are in the smallest unit. */
export type TipFacts = {
  tipId: string
  checkoutId: string
  checkoutStatus: string | null
  paymentStatus: string
  paymentIntentId: string | null
  chargeId: string | null
  amount: number | null
  currency: string | null
  feeAmount: number | null
  destination: string | null
  refunds: RefundFacts[]
  feeRefundedAmount: number
  /** What was taken back from the DJ: a refund in the dashboard may also be the platform's to pay. */
  transferReversedAmount: number
  /** What Stripe keeps, in the currency in which it settles. */
  stripeFeeAmount: number | null
  stripeFeeCurrency: string | null
  disputes: DisputeFacts[]
  failed: boolean
  lookedUpAt: number
}

/** A refund that is done, or that failed afterwards: then its money is the platform's again. */
export type RefundFacts = { id: string; amount: number; hasFailed: boolean }

/** A dispute that took money: the whole of a tip, or a part, or more than is left of it. */
export type DisputeFacts = {
  id: string
  amount: number
  currency: string
  status: 'open' | 'won' | 'lost'
  /** What Stripe took from the platform for it, in the currency in which it settles; below nothing: what it gave back. */
  fees: { amount: number; currency: string }[]
}

const expand = ['balance_transaction', 'refunds', 'application_fee', 'transfer'].map(
  (name) => `payment_intent.latest_charge.${name}`,
)

/** How a tip stands at Stripe now; null where the page is not there, or is no tip's. @throws StripeError */
export async function lookUpTip(access: StripeAccess, checkoutId: string): Promise<TipFacts | null> {
  const lookedUpAt = Date.now()
  const { stripe } = access
  const session = await stripe.checkout.sessions.retrieve(checkoutId, { expand }).catch(nullWhereMissing)
  // The metadata can only be ours; a payment link lets everybody choose the reference.
  const tipId = z.uuid().safeParse(session?.metadata?.tip_id).data
  if (!session || !tipId) return null
  const intent = whole(session.payment_intent)
  const charge = whole(intent?.latest_charge)
  const balance = whole(charge?.balance_transaction)
  return {
    tipId,
    checkoutId: session.id,
    checkoutStatus: session.status,
    paymentStatus: session.payment_status,
    paymentIntentId: intent?.id ?? null,
    chargeId: charge?.id ?? null,
    amount: session.payment_status === 'paid' ? (intent?.amount_received ?? null) : session.amount_total,
    currency: intent?.currency ?? session.currency,
    feeAmount: intent ? (intent.application_fee_amount ?? 0) : null,
    destination: idOf(intent?.transfer_data?.destination),
    refunds: charge ? await refundsOf(stripe, charge) : [],
    feeRefundedAmount: feeRefunded(intent?.application_fee_amount ?? 0, whole(charge?.application_fee)),
    transferReversedAmount: transferReversed(charge?.amount ?? 0, whole(charge?.transfer)),
    stripeFeeAmount: balance
      ? sumOf(balance.fee_details.filter(({ type }) => type !== 'application_fee'))
      : null,
    stripeFeeCurrency: balance?.currency ?? null,
    disputes: charge?.disputed && intent ? await disputesOf(stripe, intent.id) : [],
    // A card that is declined leaves the page open for another one.
    failed: session.status === 'complete' && session.payment_status === 'unpaid' && hasGivenUp(intent),
    lookedUpAt,
  }
}

/** The page on which a payment was made; null where it was made in another way. @throws StripeError */
export async function checkoutOf({ stripe }: StripeAccess, subject: TipSubject): Promise<string | null> {
  if (subject.kind === 'checkout') return subject.checkoutId
  const intent =
    subject.kind === 'payment'
      ? subject.paymentIntentId
      : idOf((await stripe.charges.retrieve(subject.chargeId).catch(nullWhereMissing))?.payment_intent)
  if (!intent) return null
  const { data } = await stripe.checkout.sessions.list({ payment_intent: intent, limit: 1 })
  return data[0]?.id ?? null
}

/** What some parts of a tip come to. */
export const sumOf = (parts: readonly { amount: number }[]): number =>
  parts.reduce((sum, { amount }) => sum + amount, 0)

/** A charge comes with its newest ten refunds. What is pending gave nothing back yet (docs.stripe.com/refunds#failed-refunds). */
async function refundsOf(stripe: Stripe, { id, refunds }: Stripe.Charge): Promise<RefundFacts[]> {
  const all = refunds?.has_more
    ? await stripe.refunds.list({ charge: id, limit: 100 }).autoPagingToArray({ limit: 1_000 })
    : (refunds?.data ?? [])
  return all
    .filter(({ status }) => status === 'succeeded' || status === 'failed' || status === 'canceled')
    .map((refund) => ({ id: refund.id, amount: refund.amount, hasFailed: refund.status !== 'succeeded' }))
}

/** The fee lies in the currency of the account that it was taken from: only the share of it is ours to take over. */
function feeRefunded(feeAmount: number, fee: Stripe.ApplicationFee | null): number {
  return fee && fee.amount > 0 ? Math.round((feeAmount * fee.amount_refunded) / fee.amount) : 0
}

/** The transfer lies in the currency in which the platform settles: here, too, the share counts. */
function transferReversed(amount: number, transfer: Stripe.Transfer | null): number {
  return transfer && transfer.amount > 0
    ? Math.round((amount * transfer.amount_reversed) / transfer.amount)
    : 0
}

const hasGivenUp = (intent: Stripe.PaymentIntent | null): boolean =>
  intent?.status === 'requires_payment_method' || intent?.status === 'canceled'

/** Inquiries (`warning_…`) take no money yet, and prevented disputes never did. */
async function disputesOf(stripe: Stripe, paymentIntentId: string): Promise<DisputeFacts[]> {
  const { data } = await stripe.disputes.list({ payment_intent: paymentIntentId, limit: 100 })
  return data
    .filter(({ status }) => !/^(warning_|prevented)/.test(status))
    .map(({ id, amount, currency, status, balance_transactions: moved }) => ({
      ...{ id, amount, currency },
      fees: moved
        .filter(({ fee }) => fee !== 0)
        .map(({ fee, currency: of }) => ({ amount: fee, currency: of })),
      status: (['won', 'lost'] as const).find((decided) => decided === status) ?? 'open',
    }))
}

/** What was asked to be expanded; null where there is none. */
function whole<T extends object>(value: string | T | null | undefined): T | null {
  return typeof value === 'object' ? value : null
}

function idOf(value: string | { id: string } | null | undefined): string | null {
  return typeof value === 'string' ? value : (value?.id ?? null)
}
