import type { ServerEnv } from '#lib/env/server.ts'

/** What the server needs to ask RevenueCat, and to know RevenueCat when it speaks. */
export type RevenueCatAccess = {
  apiUrl: string
  secretKey: string
  /** What the header `authorization` of its notifications must say. */
  webhookAuthorization: string
  /** Where Plus is bought; the person's id is added. */
  purchaseLink: string
}

const revenueCatUrl = 'https://api.revenuecat.com'

/** Null where Plus is off. */
export function createRevenueCatAccess(env: ServerEnv): RevenueCatAccess | null {
  const {
    REVENUECAT_SECRET_KEY: secretKey,
    REVENUECAT_WEBHOOK_AUTHORIZATION: webhookAuthorization,
    REVENUECAT_PURCHASE_LINK: purchaseLink,
  } = env
  if (!secretKey || !webhookAuthorization || !purchaseLink) return null
  return { apiUrl: env.REVENUECAT_API_URL ?? revenueCatUrl, secretKey, webhookAuthorization, purchaseLink }
}

/** The page on which somebody buys Plus (revenuecat.com/docs/web/web-billing/web-purchase-links). */
export function purchaseAddress({ purchaseLink }: RevenueCatAccess, userId: string): string {
  return `${purchaseLink}/${encodeURIComponent(userId)}`
}
