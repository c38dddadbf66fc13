/**
 * A path of this app to go to after sign-in; the lobby for whatever is none. What a browser could read as another site's
 * address is refused (OWASP, "Unvalidated redirects"): `//host`, backslashes that count as slashes (WHATWG URL, 4.4),
 * control characters, which browsers drop.
 */
export function safePath(next: string | null | undefined): string {
  if (!next || next.length > 500 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(next) || next.includes('\\')) return '/'
  // Nobody is led back to the page that signs in, nor to a route that answers with data.
  return /^\/(sign-in|auth|api)(?=[/?#]|$)/.test(next) ? '/' : next
}
