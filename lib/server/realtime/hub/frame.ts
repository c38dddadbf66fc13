import type { Envelope } from '#lib/protocol/envelope.ts'

/** What all readers of a session get at once: encoded once, and shared. */
export type Frame = {
  readonly envelope: Envelope
  /** The envelope as JSON. */
  readonly json: string
  /** As one server-sent event. */
  readonly sse: Buffer
  /** The same with the header and the end of an HTTP/1.1 chunk (RFC 9112, 7.1), for a bare socket. */
  readonly chunk: Buffer
}
