import { balanceTransactionOf } from '../objects/balance-transaction.ts'
import { completeSession } from '../objects/checkout-session.ts'
import { newCharge, paymentIntentOf } from '../objects/payment.ts'
import { find, invalidRequest } from '../refusal.ts'
import { nowInSeconds } from '../state/ids.ts'
import type { Charge, Fake, Session } from '../state/state.ts'

export type Card = 'accepted' | 'declined'

/**
 * One attempt to pay an open session. A declined card leaves it open, as Checkout does; the PaymentIntent is the same
 * for all attempts, and each has its own charge. @throws StripeRefusal where the session is not open
 */
export function pay(fake: Fake, session: Session, card: Card): Charge {
  const { state } = fake
  if (session.status !== 'open') throw invalidRequest(`This Checkout Session is ${session.status}.`)
  const order = find(state.orders, session.id, 'order')
  const charge = newCharge(session, order, card === 'accepted')
  const intent = paymentIntentOf(session, order, charge)
  state.charges[charge.id] = charge
  state.paymentIntents[intent.id] = intent
  session.payment_intent = intent.id
  if (!charge.paid) {
    fake.emit('payment_intent.payment_failed', intent)
    return charge
  }
  if (charge.balance_transaction)
    state.balanceTransactions[charge.balance_transaction] = balanceTransactionOf(
      charge,
      charge.balance_transaction,
    )
  if (charge.transfer && order.destination)
    state.transfers[charge.transfer] = {
      accountId: order.destination,
      currency: charge.currency,
      amountInMinorUnits: charge.amount,
      reversedInMinorUnits: 0,
      feeInMinorUnits: order.feeInMinorUnits ?? 0,
      feeRefundedInMinorUnits: 0,
    }
  completeSession(session)
  fake.emit('checkout.session.completed', session)
  return charge
}

/** @throws StripeRefusal where the session is not open */
export function expire(fake: Fake, session: Session): void {
  if (session.status !== 'open')
    throw invalidRequest(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`,
    )
  session.status = 'expired'
  session.url = null
  fake.emit('checkout.session.expired', session)
}

/** Expires what nobody paid in time. */
export function expireDue(fake: Fake): void {
  const now = nowInSeconds()
  const isDue = ({ status, expires_at: at }: Session) => status === 'open' && at <= now
  const due = Object.values(fake.state.sessions).filter(isDue)
  for (const session of due) expire(fake, session)
  if (due.length > 0) fake.save()
}
