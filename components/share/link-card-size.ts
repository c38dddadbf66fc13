/** In pixels, as Open Graph's readers want it. */
export const linkCardSize = { width: 1200, height: 630 }
