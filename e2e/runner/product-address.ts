/** Ports of their own, so that the journeys run beside a product that is already up. */
export const productPorts = { PORT: '3300', SUPABASE_LOCAL_PORT: '54421', SUPABASE_LOCAL_DB_PORT: '54422' }

/** Where the journeys find the product. */
export const productUrl = `http://localhost:${productPorts.PORT}`
