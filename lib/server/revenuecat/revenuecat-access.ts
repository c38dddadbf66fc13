import type { ServerEnv } from '#lib/env/server.ts'
import type { PlusShop } from '#lib/protocol/plus.ts'

/** What the server needs to ask RevenueCat, and to know RevenueCat when it speaks; and what a browser needs to buy. */
export type RevenueCatAccess = Pick<PlusShop, 'publicApiUrl' | 'webKey'> & {
  apiUrl: string
  secretKey: string
  /** What the header `authorization` of its notifications must say. */
  webhookAuthorization: string
}

const revenueCatUrl = 'https://api.revenuecat.com'

/** Null where Plus is off. */
export function createRevenueCatAccess(env: ServerEnv): RevenueCatAccess | null {
  const {
    REVENUECAT_SECRET_KEY: secretKey,
    REVENUECAT_WEBHOOK_AUTHORIZATION: webhookAuthorization,
    REVENUECAT_WEB_KEY: webKey,
    REVENUECAT_API_URL: apiUrl = revenueCatUrl,
    REVENUECAT_PUBLIC_URL: publicApiUrl = apiUrl,
  } = env
  if (!secretKey || !webhookAuthorization || !webKey) return null
  return { apiUrl, publicApiUrl, secretKey, webhookAuthorization, webKey }
}

/** Whom the browser buys from on this page; null on every page but the one that sells Plus, and where Plus is off. */
export function shopOn(pathname: string, env: ServerEnv): string | null {
  if (pathname !== '/plus') return null
  return createRevenueCatAccess(env)?.publicApiUrl ?? null
}
