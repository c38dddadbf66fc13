import { now } from './dates.ts'
import type { Customer, Fake, State, Subscription } from './state.ts'

export const productId = 'plus_monthly'
const entitlementName = 'plus'

/** The customer of this id, who is made where there is none. */
export function customerOf(state: State, id: string): { customer: Customer; isNew: boolean } {
  const known = Object.hasOwn(state.customers, id) ? state.customers[id] : undefined
  if (known) return { customer: known, isNew: false }
  const customer: Customer = { id, first_seen: now(), subscription: null }
  state.customers[id] = customer
  return { customer, isNew: true }
}

/** Whether it gives access: what the app decides by itself, and whoever sells needs to know. */
export function hasAccess(subscription: Subscription | null): boolean {
  if (!subscription || subscription.refunded_at) return false
  const ends = [subscription.expires_date, subscription.grace_period_expires_date ?? '']
  return ends.some((date) => Date.parse(date) > Date.now())
}

/**
 * The answer of `GET /v1/subscribers/{app_user_id}` and of `POST /v1/receipts`. What has ended is still in it, as it is at
 * RevenueCat.
 */
export function customerInfo({ state, publicUrl }: Fake, { id, first_seen, subscription }: Customer) {
  const atInMs = nextTime(state)
  const managementUrl = `${publicUrl}/manage/${encodeURIComponent(id)}`
  return {
    request_date: new Date(atInMs).toISOString(),
    request_date_ms: atInMs,
    subscriber: {
      entitlements: subscription ? { [entitlementName]: entitlementOf(subscription) } : {},
      first_seen,
      last_seen: now(),
      management_url: hasAccess(subscription) ? managementUrl : null,
      non_subscriptions: {},
      original_app_user_id: id,
      original_application_version: null,
      original_purchase_date: null,
      other_purchases: {},
      subscriptions: subscription ? { [productId]: subscription } : {},
    },
  }
}

function nextTime(state: State): number {
  state.lastRequestAtInMs = Math.max(Date.now(), state.lastRequestAtInMs + 1)
  return state.lastRequestAtInMs
}

const entitlementOf = ({ expires_date, grace_period_expires_date, purchase_date }: Subscription) => ({
  expires_date,
  grace_period_expires_date,
  product_identifier: productId,
  purchase_date,
})
