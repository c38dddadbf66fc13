import type { Fault, Faults } from './api/faults.ts'
import { changeStatus, completeOnboarding, removeAccount } from './payments/account-status.ts'
import {
  closeDispute,
  type DisputeEnd,
  type DisputeWish,
  escalateInquiry,
  failRefund,
  openDispute,
  reverseTransfer,
} from './payments/after-payment.ts'
import { type Card, expire, pay } from './payments/checkout.ts'
import { find } from './refusal.ts'
import type { EventType, Fake, FakeEvent } from './state/state.ts'
import type { Deliveries } from './webhooks/deliveries.ts'

/** What a test does that happens at Stripe or on the way there. */
export type Control = Pick<Deliveries, 'hold' | 'release' | 'deliver' | 'settled'> & {
  /** What happened, oldest first. */
  events: <Type extends EventType>(type?: Type) => FakeEvent<Type>[]
  /** Pays without the page; the id of the charge. */
  pay: (sessionId: string, card?: Card) => string
  expireSession: (sessionId: string) => void
  completeOnboarding: (accountId: string) => void
  /** Takes an account's capabilities away, or gives them back. */
  restrictAccount: (accountId: string, isRestricted?: boolean) => void
  /** The account is no more; nobody is shown it. */
  removeAccount: (accountId: string) => void
  /** A refund that succeeded fails after all. */
  failRefund: (refundId: string) => void
  /** The operator takes a part back from whom it was sent on to. */
  reverseTransfer: (chargeId: string, amountInMinorUnits: number) => void
  /** The id of the dispute. */
  openDispute: (chargeId: string, wish?: DisputeWish) => string
  /** The inquiry becomes a chargeback. */
  escalateInquiry: (disputeId: string) => void
  closeDispute: (disputeId: string, outcome: 'won' | 'lost', end?: DisputeEnd) => void
  /** Plans a fault for the next requests to a route such as `POST /v1/refunds`; returns what releases a `held` one. */
  failNext: (route: string, fault: Fault, times?: number) => () => void
}

const isOf =
  <Type extends EventType>(type: Type | undefined) =>
  (event: FakeEvent): event is FakeEvent<Type> =>
    !type || event.type === type

/** The switches of a fake. */
export function createControl(fake: Fake, deliveries: Deliveries, faults: Faults): Control {
  const { hold, release, deliver, settled } = deliveries
  const { accounts, charges, disputes, events, refunds, sessions } = fake.state
  const account = (id: string) => find(accounts, id, 'account')
  const session = (id: string) => find(sessions, id, 'checkout.session')
  /** Whatever is done is saved. */
  const saved = <Result>(result: Result): Result => {
    fake.save()
    return result
  }
  return {
    hold,
    release,
    deliver,
    settled,
    events: (type) => Object.values(events).filter(isOf(type)),
    pay: (sessionId, card = 'accepted') => saved(pay(fake, session(sessionId), card)).id,
    expireSession: (sessionId) => saved(expire(fake, session(sessionId))),
    completeOnboarding: (accountId) => saved(completeOnboarding(fake, account(accountId))),
    restrictAccount: (accountId, isRestricted = true) =>
      saved(changeStatus(fake, account(accountId), !isRestricted)),
    removeAccount: (accountId) => saved(removeAccount(fake, account(accountId))),
    failRefund: (refundId) => saved(failRefund(fake, find(refunds, refundId, 'refund'))),
    reverseTransfer: (chargeId, amountInMinorUnits) =>
      saved(reverseTransfer(fake, find(charges, chargeId, 'charge'), amountInMinorUnits)),
    openDispute: (chargeId, wish = {}) =>
      saved(openDispute(fake, find(charges, chargeId, 'charge'), wish)).id,
    escalateInquiry: (disputeId) => saved(escalateInquiry(fake, find(disputes, disputeId, 'dispute'))),
    closeDispute: (disputeId, outcome, end = {}) =>
      saved(closeDispute(fake, find(disputes, disputeId, 'dispute'), outcome, end)),
    failNext: faults.failNext,
  }
}
