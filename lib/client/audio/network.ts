import type { NetworkHint } from './quality.ts'

/** What this browser knows of its network: what the system says, and what was measured by loading music. */
export type Network = {
  hint(): NetworkHint
  /** How fast music came in lately, in bit/s; null while unknown, and again after the network has changed. */
  readonly measuredInBps: number | null
  learn(measuredInBps: number): void
  /** Calls `listener` when the network came back or became another one; returns the unsubscribe. */
  onChange(listener: () => void): () => void
}

type ConnectionInfo = NetworkHint & { type?: string } & EventTarget

/** The Network Information API, which only Chromium has. */
function connectionInfo(): ConnectionInfo | undefined {
  return (globalThis.navigator as (Navigator & { connection?: ConnectionInfo }) | undefined)?.connection
}

/** Calls `listener` when the browser is online again or on another network; returns the unsubscribe. */
export function onNetworkChange(listener: () => void): () => void {
  const connection = connectionInfo()
  const kindNow = () => `${connection?.type} ${connection?.effectiveType}`
  let kind = kindNow()
  // A change may be no more than another estimate of the same network's speed.
  const onConnectionChange = () => {
    const before = kind
    kind = kindNow()
    if (kind !== before) listener()
  }
  globalThis.addEventListener?.('online', listener)
  connection?.addEventListener?.('change', onConnectionChange)
  return () => {
    globalThis.removeEventListener?.('online', listener)
    connection?.removeEventListener?.('change', onConnectionChange)
  }
}

export function createNetwork(): Network {
  let measuredInBps: number | null = null
  return {
    hint: () => connectionInfo() ?? {},
    get measuredInBps() {
      return measuredInBps
    },
    learn(next) {
      measuredInBps = next
    },
    onChange: (listener) =>
      onNetworkChange(() => {
        measuredInBps = null
        listener()
      }),
  }
}
