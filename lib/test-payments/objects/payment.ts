import type Stripe from 'stripe'
import { makeId, nowInSeconds } from '../state/ids.ts'
import type { Charge, Order, PaymentIntent, Session, State, Transfer } from '../state/state.ts'
import { nullsOf } from './nulls.ts'

/** What a declined card says (docs.stripe.com/declines/codes). */
export const declined = {
  code: 'card_declined',
  decline_code: 'generic_decline',
  message: 'Your card was declined.',
} as const

const nullIntent = nullsOf<PaymentIntent>()

/** The PaymentIntent of a session after its latest charge. */
export function paymentIntentOf(session: Session, order: Order, charge: Charge): PaymentIntent {
  return {
    ...nullIntent('allowed_payment_method_types', 'application', 'automatic_payment_methods', 'canceled_at'),
    ...nullIntent('cancellation_reason', 'client_secret', 'customer', 'customer_account', 'next_action'),
    ...nullIntent('excluded_payment_method_types', 'managed_payments', 'on_behalf_of', 'payment_method'),
    ...nullIntent('payment_method_configuration_details', 'payment_method_options', 'payment_record'),
    ...nullIntent('processing', 'receipt_email', 'review', 'setup_future_usage', 'shipping', 'source'),
    ...nullIntent('statement_descriptor', 'statement_descriptor_suffix', 'transfer_group'),
    id: charge.payment_intent,
    object: 'payment_intent',
    amount: session.amount_total,
    amount_capturable: 0,
    amount_received: charge.amount_captured,
    application_fee_amount: order.feeInMinorUnits,
    capture_method: 'automatic_async',
    confirmation_method: 'automatic',
    created: session.created,
    currency: session.currency,
    description: order.description,
    last_payment_error: charge.paid ? null : { ...declined, charge: charge.id, type: 'card_error' },
    latest_charge: charge.id,
    livemode: false,
    metadata: order.metadata,
    payment_method_types: ['card'],
    status: charge.paid ? 'succeeded' : 'requires_payment_method',
    transfer_data: order.destination ? { destination: order.destination } : null,
  }
}

const nullCharge = nullsOf<Charge>()

/** One attempt to pay a session. */
export function newCharge(session: Session, order: Order, isPaid: boolean): Charge {
  const failure = isPaid ? undefined : declined
  return {
    ...nullCharge('application', 'calculated_statement_descriptor', 'customer', 'on_behalf_of', 'outcome'),
    ...nullCharge('failure_balance_transaction', 'payment_method', 'receipt_email', 'receipt_number'),
    ...nullCharge('receipt_url', 'review', 'shipping', 'source', 'source_transfer'),
    ...nullCharge('statement_descriptor', 'statement_descriptor_suffix', 'transfer_group'),
    ...(isPaid && order.destination ? { transfer: makeId('tr_') } : {}),
    id: makeId('ch_'),
    object: 'charge',
    amount: session.amount_total,
    amount_captured: isPaid ? session.amount_total : 0,
    amount_refunded: 0,
    application_fee: isPaid && order.feeInMinorUnits ? makeId('fee_') : null,
    application_fee_amount: order.feeInMinorUnits,
    balance_transaction: isPaid ? makeId('txn_') : null,
    billing_details: nullsOf<Stripe.Charge.BillingDetails>()('address', 'email', 'name', 'phone', 'tax_id'),
    captured: isPaid,
    created: nowInSeconds(),
    currency: session.currency,
    description: order.description,
    disputed: false,
    failure_code: failure?.code ?? null,
    failure_message: failure?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: order.metadata,
    paid: isPaid,
    payment_intent: session.payment_intent ?? makeId('pi_'),
    payment_method_details: { type: 'card' },
    refunded: false,
    status: isPaid ? 'succeeded' : 'failed',
    transfer_data: order.destination ? { amount: null, destination: order.destination } : null,
  }
}

/** What the platform took of charges, by id. It is written down with what was sent on. */
export function applicationFees({ charges, transfers }: State): Record<string, Stripe.ApplicationFee> {
  const fees = Object.values(charges).flatMap((charge) => {
    const { application_fee: id, transfer: transferId = '' } = charge
    const transfer = transfers[transferId]
    return typeof id === 'string' && transfer ? [[id, applicationFeeOf(id, charge, transfer)] as const] : []
  })
  return Object.fromEntries(fees)
}

function applicationFeeOf(id: string, charge: Charge, transfer: Transfer): Stripe.ApplicationFee {
  const { feeInMinorUnits: amount, feeRefundedInMinorUnits: refunded } = transfer
  return {
    ...{ id, amount, amount_refunded: refunded, charge: charge.id, account: transfer.accountId },
    ...{ created: charge.created, currency: charge.currency, refunded: refunded === amount, livemode: false },
    ...nullsOf<Stripe.ApplicationFee>()('balance_transaction', 'fee_source'),
    originating_transaction: charge.id,
    object: 'application_fee',
    application: 'ca_test',
    refunds: { object: 'list', data: [], has_more: false, url: `/v1/application_fees/${id}/refunds` },
  }
}

/** What charges sent on, by id. */
export function transfersOf({ charges, transfers }: State): Record<string, Stripe.Transfer> {
  const sent = Object.values(charges).flatMap((charge) => {
    const { transfer: id = '' } = charge
    const transfer = transfers[id]
    return transfer ? [[id, transferOf(id, charge, transfer)] as const] : []
  })
  return Object.fromEntries(sent)
}

function transferOf(id: string, charge: Charge, transfer: Transfer): Stripe.Transfer {
  const { accountId, amountInMinorUnits: amount, currency, reversedInMinorUnits: reversed } = transfer
  return {
    ...{ id, amount, currency, amount_reversed: reversed, reversed: reversed === amount, livemode: false },
    ...{ created: charge.created, destination: accountId, source_transaction: charge.id, metadata: {} },
    ...nullsOf<Stripe.Transfer>()('balance_transaction', 'description', 'transfer_group'),
    object: 'transfer',
    source_type: 'card',
    reversals: { object: 'list', data: [], has_more: false, url: `/v1/transfers/${id}/reversals` },
  }
}
