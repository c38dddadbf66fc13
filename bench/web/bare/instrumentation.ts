/** Its own, however empty: Turbopack would find the product's in the folders above. */
export function register() {}
