/** RevenueCat's images and fonts: the logo of a project, and the face that it chose. */
const revenueCatAssets = 'https://da08ctfrofx1b.cloudfront.net'
/** docs.stripe.com/security/guide, "Content Security Policy": Stripe.js. Its script is let in by `strict-dynamic`. */
const stripe = {
  connect: 'https://api.stripe.com',
  frames: 'https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com',
}

/**
 * The Content Security Policy of a page (CSP level 3). Scripts run by this request's nonce only. Styles may be set as
 * attributes, because positions and colours that change are. WebAssembly is the audio encoder; blob workers are
 * hls.js's and Realtime's. Where Plus is sold, RevenueCat's SDK speaks with its API, shows Stripe's frames, and writes its
 * styles into the page without a nonce; scripts run by the nonce there too.
 */
export function contentSecurityPolicy(options: {
  nonce: string
  supabaseUrl: string
  isDev: boolean
  /** Whether Turnstile may show its frame. */
  hasCaptcha: boolean
  /** Where RevenueCat's SDK finds its API; null on every page that sells nothing. */
  shopUrl: string | null
}): string {
  const { nonce, supabaseUrl, isDev, hasCaptcha, shopUrl } = options
  const frames = [hasCaptcha && 'https://challenges.cloudflare.com', shopUrl && stripe.frames].filter(Boolean)
  const shopAssets = shopUrl ? ` ${revenueCatAssets}` : ''
  const { origin } = new URL(supabaseUrl)
  const webSocketOrigin = origin.replace(/^http/, 'ws')
  const directives: Record<string, string> = {
    'default-src': "'self'",
    // React's development build evaluates code to rebuild stacks.
    'script-src': `'self' 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'${isDev ? " 'unsafe-eval'" : ''}`,
    'style-src': `'self' 'nonce-${nonce}'`,
    'style-src-elem': isDev || shopUrl ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`,
    'style-src-attr': "'unsafe-inline'",
    'img-src': `'self' blob: data: ${origin}${shopAssets}`,
    'media-src': `'self' blob: ${origin}`,
    'font-src': `'self'${shopAssets}`,
    'connect-src': `'self' ${origin} ${webSocketOrigin}${shopUrl ? ` ${new URL(shopUrl).origin} ${stripe.connect}` : ''}`,
    ...(frames.length > 0 && { 'frame-src': frames.join(' ') }),
    'worker-src': "'self' blob:",
    'manifest-src': "'self'",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  }
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')
}

/**
 * What browsers heed over https alone: come back by https only (over plain http it would lock out a phone on the same
 * Wi-Fi), and share no window with other sites.
 */
export function httpsHeaders(appOrigin: string): Record<string, string> {
  if (!appOrigin.startsWith('https:')) return {}
  return { 'strict-transport-security': 'max-age=31536000', 'cross-origin-opener-policy': 'same-origin' }
}
