import type { Envelope } from '#lib/protocol/envelope.ts'
import type { Reader, Subscription } from './reader.ts'

/** Follows the sessions that somebody reads here, and tells their readers. One a process. */
export type Hub = {
  /**
   * Opens a stream. The first frame is sent before this resolves: the events after the cursor as far as they are at
   * hand, otherwise none (the client sees the hole and asks for them), with the whole latest state and who is present.
   * `after` is the client's cursor, null where it has none.
   * @throws CodedError `not_found`, or `unavailable` where the log cannot be read or the hub is closed.
   */
  open: (sessionId: string, reader: Reader, after: number | null) => Promise<Subscription>
  /** Takes what this instance committed itself, so that its readers need not wait for the way round. */
  feed: (envelope: Envelope) => void
  /** Says goodbye to everybody and ends all subscriptions. */
  close: () => Promise<void>
}
