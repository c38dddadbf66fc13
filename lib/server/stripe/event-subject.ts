import type Stripe from 'stripe'

/** What is to be looked up because of an event. */
export type EventSubject =
  | { kind: 'checkout'; checkoutId: string }
  | { kind: 'payment'; paymentIntentId: string }
  | { kind: 'account'; accountId: string }

/**
 * What an event is about; null for one that says nothing here. Of connected accounts their own state alone counts: their
 * own sales are not ours, whatever they are labelled with.
 */
export function eventSubject(event: Stripe.Event): EventSubject | null {
  if (event.account !== undefined)
    return event.type === 'account.updated' || event.type === 'account.application.deauthorized'
      ? { kind: 'account', accountId: event.account }
      : null
  switch (event.type) {
    case 'checkout.session.completed':
    case 'checkout.session.expired':
    case 'checkout.session.async_payment_succeeded':
    case 'checkout.session.async_payment_failed':
      return { kind: 'checkout', checkoutId: event.data.object.id }
    case 'payment_intent.payment_failed':
      return { kind: 'payment', paymentIntentId: event.data.object.id }
    case 'charge.updated':
    case 'charge.refunded':
    case 'charge.dispute.created':
    // An inquiry that becomes a chargeback is no new dispute.
    case 'charge.dispute.updated':
    case 'charge.dispute.funds_withdrawn':
    case 'charge.dispute.funds_reinstated':
    case 'charge.dispute.closed':
    case 'refund.created':
    case 'refund.updated':
    case 'refund.failed':
      return paymentOf(event.data.object.payment_intent)
    default:
      return null
  }
}

function paymentOf(intent: string | Stripe.PaymentIntent | null): EventSubject | null {
  if (!intent) return null
  return { kind: 'payment', paymentIntentId: typeof intent === 'string' ? intent : intent.id }
}
