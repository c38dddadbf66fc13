import { type Envelope, envelopeEventName } from '#lib/protocol/envelope.ts'
import type { Frame } from './frame.ts'

/** Encodes an envelope once for all readers: nothing until the first of them asks, and then never again. */
export function encodeFrame(envelope: Envelope): Frame {
  return new EncodedFrame(envelope)
}

class EncodedFrame implements Frame {
  readonly envelope: Envelope
  #json: string | undefined
  #chunk: Buffer | undefined
  #sse: Buffer | undefined

  constructor(envelope: Envelope) {
    this.envelope = envelope
  }

  get json(): string {
    this.#json ??= JSON.stringify(this.envelope)
    return this.#json
  }

  /** The same memory as the middle of `chunk`. */
  get sse(): Buffer {
    if (!this.#sse) {
      const { chunk } = this
      this.#sse = chunk.subarray(chunk.indexOf('\n') + 1, -2)
    }
    return this.#sse
  }

  get chunk(): Buffer {
    if (!this.#chunk) {
      // JSON has no bare line break, so that one `data` line holds it.
      const event = `id: ${this.envelope.to}\nevent: ${envelopeEventName}\ndata: ${this.json}\n\n`
      this.#chunk = Buffer.from(`${Buffer.byteLength(event).toString(16)}\r\n${event}\r\n`)
    }
    return this.#chunk
  }
}
