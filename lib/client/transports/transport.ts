import type { Envelope } from '#lib/protocol/envelope.ts'

/** `open`: envelopes arrive from now on; `down`: they do not, and the transport tries again by itself. */
export type TransportState = 'connecting' | 'open' | 'down'

export type TransportListener = {
  /** Parsed, but neither ordered nor free of repeats nor complete: the session client sees to that. */
  onEnvelope: (envelope: Envelope) => void
  onState: (state: TransportState) => void
  /** User ids that claim to be connected; absent where the transport knows no presence. */
  onPresence?: (userIds: readonly string[]) => void
}

/**
 * A way down from the server. Commands never take it: they go by POST, whatever the way down. Implementations pass
 * `transport-contract.ts`.
 */
export type Transport = {
  readonly name: 'websocket' | 'sse' | 'long_poll' | 'fake'
  /** Opens the stream of a session; whoever opens gets the close. */
  open: (sessionId: string, listener: TransportListener) => { close: () => void }
}
