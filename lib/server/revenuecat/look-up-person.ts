import { z } from 'zod'
import { CodedError } from '#lib/protocol/errors.ts'
import type { RevenueCatAccess } from './revenuecat-access.ts'

/** The entitlement, as it is named at RevenueCat. */
const entitlementName = 'plus'

/** What SQL is told of a person (`private.apply_entitlements`); null is what there is not. */
export type EntitlementFacts = {
  /** Who was asked about, by their id there. */
  appUserId: string
  /** The first id that RevenueCat knew this customer by. */
  customerId: string
  productId: string | null
  store: string | null
  isSandbox: boolean | null
  purchasedAt: number | null
  expiresAt: number | null
  graceEndsAt: number | null
  refundedAt: number | null
  cancelledAt: number | null
  billingIssueAt: number | null
  resumesAt: number | null
  managementUrl: string | null
  /** By RevenueCat's clock. */
  lookedUpAt: number
}

/** Well within the minute that RevenueCat waits for the answer to a notification. */
const timeoutInMs = 8_000

const date = z.iso
  .datetime({ offset: true })
  .transform((text) => Date.parse(text))
  .nullish()
  .transform((at) => at ?? null)

// revenuecat.com/docs/api-v1/customer-info-model; what is not named here is left out.
const purchaseSchema = z.object({ is_sandbox: z.boolean(), store: z.string(), purchase_date: date })
const subscriptionSchema = purchaseSchema.extend({
  unsubscribe_detected_at: date,
  billing_issues_detected_at: date,
  refunded_at: date,
  auto_resume_date: date,
})
const entitlementSchema = z.object({
  product_identifier: z.string(),
  purchase_date: date,
  expires_date: date,
  grace_period_expires_date: date,
})
const answerSchema = z.object({
  request_date_ms: z.number().int().positive(),
  subscriber: z.object({
    original_app_user_id: z.string(),
    management_url: z.string().nullish(),
    entitlements: z.record(z.string(), entitlementSchema),
    subscriptions: z.record(z.string(), subscriptionSchema),
    non_subscriptions: z.record(z.string(), z.array(purchaseSchema)),
  }),
})
type Answer = z.infer<typeof answerSchema>

/** How somebody stands at RevenueCat now. @throws CodedError `unavailable` where it did not answer, or not as it should */
export async function lookUpPerson(access: RevenueCatAccess, appUserId: string): Promise<EntitlementFacts> {
  const { request_date_ms: lookedUpAt, subscriber } = await ask(access, appUserId)
  const entitlement = subscriber.entitlements[entitlementName]
  const productId = entitlement?.product_identifier ?? null
  const subscription = productId ? subscriber.subscriptions[productId] : undefined
  const bought = subscription ?? (productId ? subscriber.non_subscriptions[productId]?.at(-1) : undefined)
  return {
    appUserId,
    customerId: subscriber.original_app_user_id,
    productId,
    store: bought?.store ?? null,
    isSandbox: bought?.is_sandbox ?? null,
    purchasedAt: entitlement?.purchase_date ?? bought?.purchase_date ?? null,
    expiresAt: entitlement?.expires_date ?? null,
    graceEndsAt: entitlement?.grace_period_expires_date ?? null,
    refundedAt: subscription?.refunded_at ?? null,
    cancelledAt: subscription?.unsubscribe_detected_at ?? null,
    billingIssueAt: subscription?.billing_issues_detected_at ?? null,
    resumesAt: subscription?.auto_resume_date ?? null,
    managementUrl: subscriber.management_url ?? null,
    lookedUpAt,
  }
}

async function ask({ apiUrl, secretKey }: RevenueCatAccess, appUserId: string): Promise<Answer> {
  try {
    const response = await fetch(`${apiUrl}/v1/subscribers/${encodeURIComponent(appUserId)}`, {
      headers: { authorization: `Bearer ${secretKey}`, accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutInMs),
    })
    // 201: it had not heard of the person before.
    if (!response.ok) throw new Error(`RevenueCat answered ${response.status}`)
    return answerSchema.parse(await response.json())
  } catch (cause) {
    throw new CodedError('unavailable', { cause })
  }
}
