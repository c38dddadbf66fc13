/** Where a journey's push service listens, in place of those of the browsers, which are out of reach. */
export const pushServicePort = 3390

/** Ports of their own, so that the journeys run beside a product that is already up. */
export const productPorts = {
  PORT: '3300',
  SUPABASE_LOCAL_PORT: '54421',
  SUPABASE_LOCAL_DB_PORT: '54422',
  TEST_PAYMENTS_PORT: '54423',
  TEST_SUBSCRIPTIONS_PORT: '54424',
  PUSH_HOSTS: `http://127.0.0.1:${pushServicePort}`,
}

const { PRODUCT_URL, SUPABASE_URL } = process.env

/** Whether the journeys start the product themselves, or find one that is up (`PRODUCT_URL`). */
export const startsProduct = !PRODUCT_URL

/** Where the journeys find the product. */
export const productUrl = PRODUCT_URL?.replace(/\/+$/, '') || `http://localhost:${productPorts.PORT}`

/**
 * Journeys by what they stand on, besides the product: `@social` on a provider that the embedded Supabase knows, `@push` on
 * a push service that the app may send to. Where another Supabase or another app runs, those cannot be run.
 */
export const outOfReach = [
  ...(PRODUCT_URL || SUPABASE_URL ? ['@social'] : []),
  ...(PRODUCT_URL ? ['@push'] : []),
]
