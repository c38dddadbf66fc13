import type Stripe from 'stripe'

/** What is to be looked up because of an event. */
export type EventSubject = TipSubject | { kind: 'account'; accountId: string }

/** What leads to the page of a tip. */
export type TipSubject =
  | { kind: 'checkout'; checkoutId: string }
  | { kind: 'payment'; paymentIntentId: string }
  | { kind: 'charge'; chargeId: string }

/**
 * What an event is about; null for one that says nothing here. Of connected accounts their own state alone counts: their
 * own sales are not ours, whatever they are labelled with.
 */
export function eventSubject(event: Stripe.Event): EventSubject | null {
  if (event.account !== undefined)
    return event.type === 'account.updated' || event.type === 'account.application.deauthorized'
      ? { kind: 'account', accountId: event.account }
      : null
  return isOfTips(event) ? tipSubject(event) : null
}

/** The types of the platform's own events that say something of tips; Stripe lists events of up to twenty types. */
export const tipEventTypes = [
  'checkout.session.completed',
  'checkout.session.expired',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'payment_intent.payment_failed',
  'charge.updated',
  'charge.refunded',
  'charge.dispute.created',
  // An inquiry that becomes a chargeback is no new dispute.
  'charge.dispute.updated',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
  'charge.dispute.closed',
  'refund.created',
  'refund.updated',
  'refund.failed',
  // By hand, as after a dispute that is lost: then nothing is given to the payer.
  'transfer.reversed',
  'application_fee.refunded',
] as const satisfies Stripe.Event['type'][]
type TipEvent = Extract<Stripe.Event, { type: (typeof tipEventTypes)[number] }>

const isOfTips = (event: Stripe.Event): event is TipEvent =>
  (tipEventTypes as readonly string[]).includes(event.type)

function tipSubject(event: TipEvent): TipSubject | null {
  switch (event.type) {
    case 'checkout.session.completed':
    case 'checkout.session.expired':
    case 'checkout.session.async_payment_succeeded':
    case 'checkout.session.async_payment_failed':
      return { kind: 'checkout', checkoutId: event.data.object.id }
    case 'payment_intent.payment_failed':
      return { kind: 'payment', paymentIntentId: event.data.object.id }
    case 'transfer.reversed':
      return chargeOf(event.data.object.source_transaction)
    case 'application_fee.refunded':
      // The payment of the connected account is another one.
      return chargeOf(event.data.object.originating_transaction)
    default:
      return paymentOf(event.data.object.payment_intent)
  }
}

function paymentOf(intent: string | Stripe.PaymentIntent | null): TipSubject | null {
  return intent ? { kind: 'payment', paymentIntentId: typeof intent === 'string' ? intent : intent.id } : null
}

function chargeOf(charge: string | Stripe.Charge | null): TipSubject | null {
  return charge ? { kind: 'charge', chargeId: typeof charge === 'string' ? charge : charge.id } : null
}
