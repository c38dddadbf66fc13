import type { Envelope, Presence } from '#lib/protocol/envelope.ts'
import type { ErrorCode } from '#lib/protocol/errors.ts'
import type { Way } from '#lib/protocol/session-requests.ts'

/** What carries the envelopes; the fake one is of tests. */
export type WayInUse = Way | 'fake'

/**
 * `open`: envelopes arrive from now on, by this way; told again when the way is another one. `down`: they do not, and
 * the transport tries again by itself, after `retryInMs` where the server named a time.
 */
export type TransportState =
  | { status: 'connecting' }
  | { status: 'open'; way: WayInUse }
  | { status: 'down'; retryInMs: number | null }

/** Why a line that looks alive may be dead. */
export type CheckReason = 'woke' | 'network_changed' | 'channel_changed'

export type TransportListener = {
  /** Parsed, but neither ordered nor free of repeats nor complete: the session client sees to that. */
  onEnvelope: (envelope: Envelope) => void
  onState: (state: TransportState) => void
  /** Something may have been missed that this way cannot bring any more; it is in the log. */
  onGap: () => void
  /** Who claims to be connected. */
  onPresence: (presence: Presence) => void
  /** The session is closed to this person: the transport has ended. */
  onRefused: (code: ErrorCode) => void
  /** Which Realtime channel the room is in, as far as is known: see `sessionTopic`. */
  channel: () => number
  /** The `seq` up to which everything has arrived, from where a way may resume; null before there is a snapshot. */
  cursor: () => number | null
  /** The three `rev`s that are known, for a way that asks for what is newer; null before there is a snapshot. */
  revs: () => Revs | null
}

export type Revs = { playback: number; tallies: number; dj: number }

/** Whoever opens a stream closes it. */
export type Stream = {
  /** Makes sure, within a few seconds, that the line is alive; opens another one where it is not. */
  check: (reason: CheckReason) => void
  close: () => void
}

/**
 * A way down from the server. Commands never take it: they go by POST, whatever the way down. Implementations pass
 * `transport-contract.ts`. `ways` is the order that the server asks for; what knows one way only ignores it.
 */
export type Transport = {
  open: (sessionId: string, listener: TransportListener, ways: readonly Way[]) => Stream
}
