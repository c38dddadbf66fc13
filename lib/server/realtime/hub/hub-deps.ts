import type { CatchUp, Envelope } from '#lib/protocol/envelope.ts'
import type { HubEntry, PresenceEntry } from '#lib/protocol/presence.ts'
import type { HubMeter } from './hub-meter.ts'

export type UpstreamListener = {
  onEnvelope: (envelope: Envelope) => void
  /** `open` again after every loss, since what was sent in between is lost. */
  onState: (state: 'open' | 'down') => void
  /** Everybody present, this hub's own entry included. */
  onPresence: (entries: readonly PresenceEntry[]) => void
}

/** What joins the instances: one subscription a session, which reconnects by itself. */
export type Upstream = {
  /** Says who reads here; said again by itself after every loss. */
  track: (entry: HubEntry) => void
  /** The room goes on in another channel: see `sessionTopic`. */
  moveTo: (channel: number) => void
  close: () => void
}

export type OpenUpstream = (sessionId: string, listener: UpstreamListener) => Upstream

export type HubDeps = {
  /** Names this hub in Presence; another one for every process and start. */
  instance: string
  openUpstream: OpenUpstream
  /**
   * The log after a cursor, or its newest events where there is none, with the whole state.
   * @throws CodedError `not_found` where there is no such session.
   */
  readLog: (sessionId: string, after: number | null) => Promise<CatchUp>
  /** Says that these people still listen. Never rejects: what fails is said again two minutes later. */
  touch: (sessionId: string, userIds: readonly string[]) => Promise<void>
  meter: HubMeter
  /** Epoch milliseconds. */
  now: () => number
  /** From [0, 1). */
  random: () => number
}
