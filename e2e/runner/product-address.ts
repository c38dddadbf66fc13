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

/** Where the journeys find the product. */
export const productUrl = `http://localhost:${productPorts.PORT}`
