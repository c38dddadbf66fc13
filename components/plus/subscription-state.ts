import type { Subscription } from '#lib/protocol/plus.ts'

export type SubscriptionState =
  | 'none'
  | 'active'
  /** Until its end, and not beyond. */
  | 'cancelled'
  | 'paused'
  | 'billing_issue'
  | 'refunded'
  | 'ended'
  /** Bought for trying out, which counts for nothing here. */
  | 'sandbox'

/** How what somebody bought stands, in one word. */
export function subscriptionState(subscription: Subscription | null, nowInMs: number): SubscriptionState {
  if (!subscription) return 'none'
  const { isActive, isCancelled, isRefunded, isSandbox, hasBillingIssue, resumesAt, endsAt } = subscription
  if (isRefunded) return 'refunded'
  if (!isActive) return isSandbox && (endsAt === null || endsAt > nowInMs) ? 'sandbox' : 'ended'
  if (hasBillingIssue) return 'billing_issue'
  if (resumesAt !== null) return 'paused'
  return isCancelled ? 'cancelled' : 'active'
}
