import { z } from 'zod'
import { envelopeSchema } from '#lib/protocol/envelope.ts'

/** What a reader learns from one message: which durable events it brings, and when those were sent. */
export type Sighting = {
  from: number
  to: number
  /** `seq` of the events in it. */
  seqs: number[]
  /** When each chat message was sent (`monotonicInMs`), read from its text. */
  sentAtInMs: number[]
}

const markerPattern = /sent at ([\d.]+) ms/

/** The text of a chat message that says when it was sent; as long as people's messages are. */
export function markedText(sentAtInMs: number, text: string): string {
  return `${text} (sent at ${sentAtInMs.toFixed(3)} ms)`
}

const cheapEnvelope = z.object({
  from: z.number(),
  to: z.number(),
  items: z.array(
    z.object({ seq: z.number(), kind: z.string(), payload: z.object({ text: z.string().optional() }) }),
  ),
})

/** Reads an envelope; `isSampled` checks it against the whole protocol. @throws where it is not one */
export function sight(envelope: unknown, isSampled: boolean): Sighting {
  const { from, to, items } = cheapEnvelope.parse(isSampled ? envelopeSchema.parse(envelope) : envelope)
  return {
    from,
    to,
    seqs: items.map((item) => item.seq),
    sentAtInMs: items.flatMap(({ kind, payload }) => {
      const marker = kind === 'chat.sent' ? markerPattern.exec(payload.text ?? '') : null
      return marker ? [Number(marker[1])] : []
    }),
  }
}
