import type { CheckReason } from '#lib/client/transports/transport.ts'
import { unknownNetwork } from '#lib/client/transports/way-memory.ts'

/** Not in TypeScript's library yet, nor in every browser (W3C Network Information). */
type NetworkInformation = Pick<EventTarget, 'addEventListener' | 'removeEventListener'> & { type?: string }

const connectionOf = () => (navigator as Navigator & { connection?: NetworkInformation }).connection

/** As much as the browser tells of the network it is on: its kind, or that it is unknown. */
export function networkKind(): string {
  return connectionOf()?.type ?? unknownNetwork
}

const tickInMs = 2_000
const sleepFromInMs = 10_000

/**
 * Calls back when the page is seen again, the computer woke with the page in sight (timers jump), or the network is
 * back or another one. Gives the unsubscribe.
 */
export function onWake(listener: (reason: CheckReason) => void): () => void {
  const connection = connectionOf()
  const whenVisible = (): void => {
    if (document.visibilityState === 'visible') listener('woke')
  }
  const whenNetworkChanged = (): void => listener('network_changed')

  let kind = networkKind()
  // This event also tells of mere changes of speed.
  const whenConnectionChanged = (): void => {
    if (kind !== networkKind()) whenNetworkChanged()
    kind = networkKind()
  }

  let tickedAtInMs = Date.now()
  const timer = setInterval(() => {
    const sinceInMs = Date.now() - tickedAtInMs
    tickedAtInMs += sinceInMs
    // A background tab's timers are late as well, and nobody is looking.
    if (sinceInMs > sleepFromInMs) whenVisible()
  }, tickInMs)

  document.addEventListener('visibilitychange', whenVisible)
  window.addEventListener('online', whenNetworkChanged)
  connection?.addEventListener('change', whenConnectionChanged)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', whenVisible)
    window.removeEventListener('online', whenNetworkChanged)
    connection?.removeEventListener('change', whenConnectionChanged)
  }
}
