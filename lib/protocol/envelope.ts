import { z } from 'zod'
import { reactionEmojis } from '#lib/domain/limits/limits.ts'
import { sessionEventSchema } from './events.ts'
import { stateSchema } from './session-state.ts'

/** The version of the envelope; a client that meets a newer one reloads. */
export const envelopeVersion = 1

/** The name of the Broadcast event, and of the SSE event, that carries an envelope. */
export const envelopeEventName = 'envelope'

/** The topic of a session's private Realtime channel. Each ban moves the room to the next one; the first is 0. */
export function sessionTopic(sessionId: string, channel: number): string {
  return channel === 0 ? `session:${sessionId}` : `session:${sessionId}:${channel}`
}

/** Who is connected: how many, and the user ids of some of them (all, in a small room). */
export const presenceSchema = z.object({
  count: z.number().int().nonnegative(),
  userIds: z.array(z.uuid()),
})
export type Presence = z.infer<typeof presenceSchema>

/**
 * What every transport carries, and what SQL builds (`session_envelope`). `items` are the durable events with
 * `from < seq <= to`; without items `from` equals `to`, the newest `seq`, so that a lost tail is noticed.
 */
export const envelopeSchema = z.object({
  v: z.literal(envelopeVersion),
  /** The session. */
  sid: z.uuid(),
  /** The life of the log; another one means: fetch a new snapshot. */
  epoch: z.uuid(),
  from: z.number().int().nonnegative(),
  to: z.number().int().nonnegative(),
  items: z.array(sessionEventSchema),
  state: stateSchema.optional(),
  /** Reactions since the last frame, counted per emoji; at most once. */
  reactions: z.partialRecord(z.enum(reactionEmojis), z.number().int().positive()).optional(),
  /** Sent by hubs, to readers that cannot see Realtime's Presence; the latest counts. */
  presence: presenceSchema.optional(),
  sentAt: z.number(),
})
export type Envelope = z.infer<typeof envelopeSchema>

/** As many events as one catch-up brings (`events_after`); a full page means that more may follow. */
export const catchUpItemsMax = 500

/** `GET /api/sessions/[id]/poll?after=`: what follows on a cursor, or word that the cursor is of no use any more. */
export const catchUpSchema = z.union([envelopeSchema, z.object({ epoch: z.uuid(), reset: z.literal(true) })])
export type CatchUp = z.infer<typeof catchUpSchema>
