import type { Envelope } from '#lib/protocol/envelope.ts'
import type { Transport, TransportListener } from '../transport.ts'

/** A transport in memory whose line can be cut; it opens again when it is mended, as real ones do. */
export function createFakeTransport(): {
  transport: Transport
  deliver: (envelope: Envelope) => void
  showPresent: (userIds: readonly string[]) => void
  cut: () => void
  mend: () => void
} {
  const listeners = new Set<TransportListener>()
  let isUp = true
  const open = (listener: TransportListener): void => {
    if (listeners.has(listener) && isUp) listener.onState('open')
  }
  return {
    transport: {
      name: 'fake',
      open: (_sessionId, listener) => {
        listeners.add(listener)
        listener.onState('connecting')
        queueMicrotask(() => open(listener))
        return { close: () => listeners.delete(listener) }
      },
    },
    deliver: (envelope) => {
      if (isUp) for (const listener of listeners) listener.onEnvelope(envelope)
    },
    showPresent: (userIds) => {
      for (const listener of listeners) listener.onPresence?.(userIds)
    },
    cut: () => {
      if (isUp) for (const listener of listeners) listener.onState('down')
      isUp = false
    },
    mend: () => {
      if (isUp) return
      isUp = true
      for (const listener of listeners) open(listener)
    },
  }
}
