/**
 * The Content Security Policy of a page (CSP level 3). Scripts run by this request's nonce only. Styles may be set as
 * attributes, because positions and colours that change are. WebAssembly is the audio encoder; blob workers are
 * hls.js's and Realtime's.
 */
export function contentSecurityPolicy(options: {
  nonce: string
  supabaseUrl: string
  isDev: boolean
  /** Whether Turnstile may show its frame. */
  hasCaptcha: boolean
}): string {
  const { nonce, supabaseUrl, isDev, hasCaptcha } = options
  const { origin } = new URL(supabaseUrl)
  const webSocketOrigin = origin.replace(/^http/, 'ws')
  const directives: Record<string, string> = {
    'default-src': "'self'",
    // React's development build evaluates code to rebuild stacks.
    'script-src': `'self' 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'${isDev ? " 'unsafe-eval'" : ''}`,
    'style-src': `'self' 'nonce-${nonce}'`,
    'style-src-elem': isDev ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`,
    'style-src-attr': "'unsafe-inline'",
    'img-src': `'self' blob: data: ${origin}`,
    'media-src': `'self' blob: ${origin}`,
    'font-src': "'self'",
    'connect-src': `'self' ${origin} ${webSocketOrigin}`,
    ...(hasCaptcha && { 'frame-src': 'https://challenges.cloudflare.com' }),
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
