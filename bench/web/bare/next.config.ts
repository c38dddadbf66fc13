import type { NextConfig } from 'next'

/** Its own, however empty: Next.js would find the product's in the folders above. */
export default {} satisfies NextConfig
