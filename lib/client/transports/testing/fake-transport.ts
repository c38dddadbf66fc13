import { envelopeSchema } from '#lib/protocol/envelope.ts'
import type { Transport, TransportListener } from '../transport.ts'

/** A transport in memory whose line can be cut; it opens again when it is mended, as real ones do. */
export function createFakeTransport(userId?: string): {
  transport: Transport
  deliver: (payload: unknown) => void
  showPresent: (userIds: readonly string[]) => void
  cut: () => void
  mend: () => void
} {
  const listeners = new Set<TransportListener>()
  let isUp = true
  const open = (listener: TransportListener): void => {
    if (!listeners.has(listener) || !isUp) return
    listener.onState('open')
    if (userId) listener.onPresence?.([userId])
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
    deliver: (payload) => {
      const envelope = envelopeSchema.safeParse(payload)
      if (isUp && envelope.success) for (const listener of listeners) listener.onEnvelope(envelope.data)
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
