/** Push services of Chrome and what is built on it, Firefox, Safari, and Edge. */
const knownHosts = [
  'fcm.googleapis.com',
  'jmt17.google.com',
  'updates.push.services.mozilla.com',
  '*.push.apple.com',
  '*.notify.windows.com',
]

/**
 * Says whether an address that a client named may be sent to: https at a push service that is known, or that the operator
 * added. A server that posts wherever a stranger says would be a way into its own network.
 *
 * @param added hosts, `*.` and a domain, or whole origins (`http://localhost:9090` is only ever meant by its origin)
 */
export function createPushHostCheck(added: readonly string[] = []): (address: string) => boolean {
  const origins = new Set(added.flatMap((entry) => (URL.canParse(entry) ? [new URL(entry).origin] : [])))
  const hosts = [...knownHosts, ...added.filter((entry) => !URL.canParse(entry))]
  return (address) => {
    if (!URL.canParse(address)) return false
    const url = new URL(address)
    if (url.username || url.password) return false
    if (origins.has(url.origin)) return true
    return url.protocol === 'https:' && url.port === '' && hosts.some((host) => isHost(url.hostname, host))
  }
}

function isHost(hostname: string, pattern: string): boolean {
  return pattern.startsWith('*.') ? hostname.endsWith(pattern.slice(1)) : hostname === pattern
}
