import type Stripe from 'stripe'

/** The events that a webhook endpoint of ours subscribes to. */
export type EventType =
  | 'account.application.deauthorized'
  | 'account.updated'
  | 'application_fee.refunded'
  | 'charge.dispute.closed'
  | 'charge.dispute.created'
  | 'charge.dispute.funds_reinstated'
  | 'charge.dispute.funds_withdrawn'
  | 'charge.dispute.updated'
  | 'charge.refunded'
  | 'checkout.session.completed'
  | 'checkout.session.expired'
  | 'payment_intent.payment_failed'
  | 'refund.created'
  | 'refund.failed'
  | 'refund.updated'
  | 'transfer.reversed'

// Stripe's objects as the API answers them: where they name others it is by id.
export type Session = Stripe.Checkout.Session & {
  amount_total: number
  currency: string
  payment_intent: string | null
  success_url: string
}
export type PaymentIntent = Stripe.PaymentIntent & { latest_charge: string }
export type Charge = Stripe.Charge & {
  balance_transaction: string | null
  payment_intent: string
  transfer?: string
}
export type Refund = Stripe.Refund & { charge: string }
export type Dispute = Stripe.Dispute & { charge: string }

/** What is told of, by the type of the event. */
export type EventObjects = {
  [Event in Extract<Stripe.Event, { type: EventType }> as Event['type']]: Event['data']['object']
}

/**
 * An event with the object as it was at that moment; delivered when no webhook is pending. Those of Connect name the
 * connected account.
 */
export type FakeEvent<Type extends EventType = EventType> = Omit<Stripe.EventBase, 'data' | 'type'> & {
  data: { object: EventObjects[Type] }
  type: Type
}

/** What a session hands on to its PaymentIntent. */
export type Order = {
  title: string
  description: string | null
  feeInMinorUnits: number | null
  destination: string | null
  metadata: Stripe.Metadata
}

/** What a charge sent on to a connected account, and what of it refunds took back and gave back. */
export type Transfer = {
  accountId: string
  currency: string
  amountInMinorUnits: number
  reversedInMinorUnits: number
  feeInMinorUnits: number
  feeRefundedInMinorUnits: number
}

/** A single-use address of the onboarding. */
export type AccountLink = {
  accountId: string
  expiresAtInSeconds: number
  refreshUrl: string
  returnUrl: string
  wasVisited: boolean
}

/** The answer that a used idempotency key goes on giving. */
export type KeptAnswer = {
  keptAtInSeconds: number
  endpoint: string
  parameters: string
  requestId: string
  status: number
  body: string
}

type ById<Thing> = Record<string, Thing>

export type State = {
  accounts: ById<Stripe.Account>
  accountLinks: ById<AccountLink>
  /** Account by token of its dashboard's address. */
  loginLinks: ById<string>
  sessions: ById<Session>
  /** By the id of the session. */
  orders: ById<Order>
  paymentIntents: ById<PaymentIntent>
  charges: ById<Charge>
  transfers: ById<Transfer>
  balanceTransactions: ById<Stripe.BalanceTransaction>
  refunds: ById<Refund>
  disputes: ById<Dispute>
  events: ById<FakeEvent>
  keptAnswers: ById<KeptAnswer>
}

/** What there is at first. */
export const emptyState = (): State => ({
  accounts: {},
  accountLinks: {},
  loginLinks: {},
  sessions: {},
  orders: {},
  paymentIntents: {},
  charges: {},
  transfers: {},
  balanceTransactions: {},
  refunds: {},
  disputes: {},
  events: {},
  keptAnswers: {},
})

/** What the parts of the fake share. */
export type Fake = {
  state: State
  /** Where browsers reach the hosted pages. */
  publicUrl: string
  save: () => void
  /** Writes down what happened to an object and sends it; `account` makes it a Connect event. */
  emit: <Type extends EventType>(type: Type, object: EventObjects[Type], account?: string) => void
}
