import { customerOf, hasAccess, productId } from './customers.ts'
import { dateOf, now } from './dates.ts'
import { RevenueCatRefusal } from './refusal.ts'
import type { Customer, Fake, NotificationType, Subscription } from './state.ts'

const dayInMs = 24 * 60 * 60 * 1000
const periodInMs = 30 * dayInMs
const graceInMs = 3 * dayInMs
const pauseInMs = 30 * dayInMs

/** What can happen to a subscription that there is. */
export type Happening = keyof typeof happenings

type Change = { type: NotificationType; changed: Partial<Subscription>; more?: Record<string, unknown> }

const inMs = (durationInMs: number): string => dateOf(Date.now() + durationInMs)

const happenings = {
  cancel: (): Change => ({
    type: 'CANCELLATION',
    changed: { unsubscribe_detected_at: now() },
    more: { cancel_reason: 'UNSUBSCRIBE' },
  }),
  resume: (): Change => ({ type: 'UNCANCELLATION', changed: { unsubscribe_detected_at: null } }),
  renew: (): Change => ({
    type: 'RENEWAL',
    changed: { ...asBought(), expires_date: inMs(periodInMs) },
  }),
  /** The period is over and cannot be paid; the store tries again for some days. */
  billing_issue: (): Change => ({
    type: 'BILLING_ISSUE',
    changed: {
      billing_issues_detected_at: now(),
      expires_date: now(),
      grace_period_expires_date: inMs(graceInMs),
    },
  }),
  /** From the end of the period on. */
  pause: (): Change => ({
    type: 'SUBSCRIPTION_PAUSED',
    changed: { auto_resume_date: inMs(periodInMs + pauseInMs) },
  }),
  expire: (): Change => ({
    type: 'EXPIRATION',
    changed: { unsubscribe_detected_at: now(), expires_date: now(), grace_period_expires_date: null },
    more: { expiration_reason: 'UNSUBSCRIBE' },
  }),
  /** The money goes back; the end of the period stays as it was. */
  refund: (): Change => ({
    type: 'CANCELLATION',
    changed: { refunded_at: now(), unsubscribe_detected_at: now() },
    more: { cancel_reason: 'CUSTOMER_SUPPORT' },
  }),
}

const asBought = () => ({
  auto_resume_date: null,
  billing_issues_detected_at: null,
  grace_period_expires_date: null,
  refunded_at: null,
  unsubscribe_detected_at: null,
})

type Purchase = {
  /** In the Test Store when absent. */
  isSandbox?: boolean
  /** What the store has given for it. */
  receipt?: string
}

/** Buys a month. @throws RevenueCatRefusal where it is bought already, or the receipt was somebody's before */
export function buy(fake: Fake, id: string, purchase: Purchase = {}): void {
  const { isSandbox = true, receipt = crypto.randomUUID() } = purchase
  const { customer } = customerOf(fake.state, id)
  const before = customer.subscription
  if (hasAccess(before)) throw new RevenueCatRefusal(400, 7772, 'This is subscribed to already.')
  for (const { subscription } of Object.values(fake.state.customers))
    if (subscription?.store_transaction_id === receipt)
      throw new RevenueCatRefusal(400, 7102, 'This receipt was used before.')
  customer.subscription = {
    ...asBought(),
    expires_date: inMs(periodInMs),
    is_sandbox: isSandbox,
    original_purchase_date: before?.original_purchase_date ?? now(),
    ownership_type: 'PURCHASED',
    period_type: 'normal',
    purchase_date: now(),
    store: isSandbox ? 'test_store' : 'rc_billing',
    store_transaction_id: receipt,
  }
  tell(fake, customer, before ? 'RENEWAL' : 'INITIAL_PURCHASE')
}

/** @throws RevenueCatRefusal where there is no subscription */
export function happen(fake: Fake, id: string, happening: Happening): void {
  const { customer } = customerOf(fake.state, id)
  if (!customer.subscription) throw new RevenueCatRefusal(404, 7259, 'There is no subscription.')
  const { type, changed, more } = happenings[happening]()
  Object.assign(customer.subscription, changed)
  tell(fake, customer, type, more)
}

/** What somebody bought becomes somebody else's, as where they restore it in another account. */
export function transfer(fake: Fake, fromId: string, toId: string): void {
  const [from, to] = [fromId, toId].map((id) => customerOf(fake.state, id).customer) as [Customer, Customer]
  const store = storeOf(from.subscription)
  to.subscription = from.subscription
  from.subscription = null
  fake.emit('TRANSFER', { transferred_from: [fromId], transferred_to: [toId], store })
}

/** As notifications name it. */
const storeOf = (subscription: Subscription | null): string | undefined => subscription?.store.toUpperCase()

function tell(
  fake: Fake,
  { id, subscription }: Customer,
  type: NotificationType,
  more: Record<string, unknown> = {},
): void {
  if (!subscription) return
  fake.emit(type, {
    aliases: [id],
    app_user_id: id,
    entitlement_ids: ['plus'],
    environment: subscription.is_sandbox ? 'SANDBOX' : 'PRODUCTION',
    expiration_at_ms: Date.parse(subscription.expires_date),
    original_app_user_id: id,
    period_type: 'NORMAL',
    product_id: productId,
    purchased_at_ms: Date.parse(subscription.purchase_date),
    store: storeOf(subscription),
    transaction_id: subscription.store_transaction_id,
    ...more,
  })
}
