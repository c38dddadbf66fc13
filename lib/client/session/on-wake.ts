import type { CheckReason } from '#lib/client/transports/transport.ts'

const tickInMs = 2_000
const sleepFromInMs = 10_000

/** Not in TypeScript's library yet, nor in every browser (W3C Network Information). */
type NetworkInformation = Pick<EventTarget, 'addEventListener' | 'removeEventListener'>

/**
 * Calls back when the page is seen again, the computer woke with the page in sight (timers jump), or the network is
 * back or another one. Gives the unsubscribe.
 */
export function onWake(listener: (reason: CheckReason) => void): () => void {
  const { connection } = navigator as Navigator & { connection?: NetworkInformation }
  const whenVisible = (): void => {
    if (document.visibilityState === 'visible') listener('woke')
  }
  const whenNetworkChanged = (): void => listener('network_changed')

  let tickedAtInMs = Date.now()
  const timer = setInterval(() => {
    const sinceInMs = Date.now() - tickedAtInMs
    tickedAtInMs += sinceInMs
    // A background tab's timers are late as well, and nobody is looking.
    if (sinceInMs > sleepFromInMs) whenVisible()
  }, tickInMs)

  document.addEventListener('visibilitychange', whenVisible)
  window.addEventListener('online', whenNetworkChanged)
  connection?.addEventListener('change', whenNetworkChanged)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', whenVisible)
    window.removeEventListener('online', whenNetworkChanged)
    connection?.removeEventListener('change', whenNetworkChanged)
  }
}
