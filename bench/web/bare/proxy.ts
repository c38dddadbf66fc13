/** Its own, for no address at all: Turbopack would find the product's in the folders above. */
export function proxy() {}

export const config = { matcher: '/no-address-has-this' }
