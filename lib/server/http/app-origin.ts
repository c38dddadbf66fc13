/** The headers of a request: a `Request`'s, or what `headers()` of next/headers gives. */
type HeadersLike = { get: (name: string) => string | null }

const hostPattern = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?$/i

/**
 * The app's own host as the browser named it, a reverse proxy's forwarding considered; null when it is no host name.
 * A page of another origin can set neither header, so this is what the `Origin` is held against.
 */
export function appHost(headers: HeadersLike): string | null {
  const named = headers.get('x-forwarded-host') ?? headers.get('host')
  const host = named?.split(',')[0]?.trim().toLowerCase() ?? ''
  return hostPattern.test(host) ? host : null
}

/** The app's own origin as the browser sees it, for links and for the browser's configuration. */
export function appOrigin(headers: HeadersLike): string {
  const protocol = headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https' ? 'https' : 'http'
  return new URL(`${protocol}://${appHost(headers) ?? 'localhost'}`).origin
}

/**
 * Whether a request that changes something comes from our own pages (OWASP CSRF cheat sheet, "verifying origin with
 * standard headers"). Browsers send `Origin` with every such request; its absence, and `null`, are refused.
 */
export function isOwnOrigin(headers: HeadersLike): boolean {
  const origin = headers.get('origin') ?? ''
  const host = appHost(headers)
  if (!host || !URL.canParse(origin)) return false
  const { protocol, host: originHost } = new URL(origin)
  return originHost === new URL(`${protocol}//${host}`).host
}
