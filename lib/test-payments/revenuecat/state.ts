/** A subscription as the API answers it (revenuecat.com/docs/api-v1/customer-info-model). Dates are of whole seconds, in ISO 8601. */
export type Subscription = {
  auto_resume_date: string | null
  billing_issues_detected_at: string | null
  expires_date: string
  grace_period_expires_date: string | null
  is_sandbox: boolean
  original_purchase_date: string
  ownership_type: 'PURCHASED'
  period_type: 'normal'
  purchase_date: string
  refunded_at: string | null
  /** The Test Store sells what is of the sandbox. */
  store: 'rc_billing' | 'test_store'
  store_transaction_id: string
  unsubscribe_detected_at: string | null
}

/** Somebody who was asked for or who bought; of the one product that there is. */
export type Customer = { id: string; first_seen: string; subscription: Subscription | null }

export type NotificationType =
  | 'BILLING_ISSUE'
  | 'CANCELLATION'
  | 'EXPIRATION'
  | 'INITIAL_PURCHASE'
  | 'RENEWAL'
  | 'SUBSCRIPTION_PAUSED'
  | 'TRANSFER'
  | 'UNCANCELLATION'

/** Delivered when no webhook is pending. */
export type FakeNotification = {
  id: string
  pending_webhooks: number
  body: { api_version: '1.0'; event: { id: string; type: NotificationType } & Record<string, unknown> }
}

export type State = {
  customers: Record<string, Customer>
  notifications: Record<string, FakeNotification>
  /** When a customer was asked for last: no two answers have the same time. */
  lastRequestAtInMs: number
}

export const emptyState = (): State => ({ customers: {}, notifications: {}, lastRequestAtInMs: 0 })

/** What the parts of the fake share. */
export type Fake = {
  state: State
  /** Where browsers reach the hosted page. */
  publicUrl: string
  save: () => void
  /** Writes down what happened and sends the news of it. */
  emit: (type: NotificationType, event: Record<string, unknown>) => void
  /** Resolves when the news of everything was taken. */
  settled: () => Promise<void>
}
