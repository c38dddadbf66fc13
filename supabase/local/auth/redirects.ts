/**
 * Where a link may lead after sign-in: to the app on this machine or on the local network, so that a phone can
 * follow it. Anything else falls back to the app's address, as hosted Supabase does with its allow list.
 */
export function allowedRedirect(wanted: string | undefined, siteUrl: string): string {
  if (!wanted || !URL.canParse(wanted)) return siteUrl
  const { protocol, hostname, host } = new URL(wanted)
  if (host === new URL(siteUrl).host) return wanted
  return /^https?:$/.test(protocol) && isLocal(hostname) ? wanted : siteUrl
}

/** Loopback, and the private networks of RFC 1918. */
function isLocal(hostname: string): boolean {
  return /^(localhost|\[::1\]|127(\.\d+){3}|10(\.\d+){3}|192\.168(\.\d+){2}|172\.(1[6-9]|2\d|3[01])(\.\d+){2})$/.test(
    hostname,
  )
}
