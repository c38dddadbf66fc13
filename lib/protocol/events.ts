import { z } from 'zod'
import { liveSchema } from './live.ts'
import {
  memberSchema,
  messageSchema,
  queueItemSchema,
  roleSchema,
  sessionSchema,
  turnsSchema,
} from './session-state.ts'
import { tipSchema } from './tips.ts'

/**
 * Durable events, by kind. Each is a row of `session_events`, written in the transaction that changed the state, and
 * arrives in order without a gap.
 */
export const eventPayloadSchemas = {
  'member.joined': memberSchema,
  'member.role_changed': z.object({ userId: z.uuid(), role: roleSchema }),
  /** The room goes on in another channel, which the banned person may not hear: see `sessionTopic`. */
  'member.banned': z.object({ userId: z.uuid(), channel: z.number().int().nonnegative() }),
  'member.muted': z.object({ userId: z.uuid(), until: z.number().nullable() }),
  'chat.sent': messageSchema,
  'chat.removed': z.object({ messageId: z.uuid() }),
  'queue.added': queueItemSchema,
  /** With `turns` where the item was committed to play next: its person has the turn back. */
  'queue.removed': z.object({ itemId: z.uuid(), turns: turnsSchema.optional() }),
  'queue.pinned': z.object({
    pins: z.array(z.object({ itemId: z.uuid(), pinnedOrder: z.number().nullable() })),
  }),
  /** An item left the waiting queue for the timeline; the turns count it. */
  'queue.started': z.object({ itemId: z.uuid(), turns: turnsSchema }),
  /** An item that was committed to play next waits again; its person has the turn back. */
  'queue.returned': z.object({ itemId: z.uuid(), turns: turnsSchema }),
  'queue.finished': z.object({ itemId: z.uuid() }),
  /** A live stream can be heard, or has ended. */
  'live.changed': liveSchema,
  /** A tip was paid. By nobody, so that what its giver hides stays hidden. */
  'tip.received': tipSchema,
  /** The words of a tip are gone; the tip is not. */
  'tip.words_removed': z.object({ tipId: z.uuid() }),
  'session.changed': sessionSchema,
  'session.ended': z.object({ at: z.number() }),
} as const

export type EventKind = keyof typeof eventPayloadSchemas

type ItemOf<K extends EventKind> = {
  seq: number
  kind: K
  /** The command that caused it, so that its sender can settle it; null for the system's own. */
  commandId: string | null
  /** Who did it; null for the system. */
  by: string | null
  at: number
  payload: z.infer<(typeof eventPayloadSchemas)[K]>
}

export type SessionEvent = { [K in EventKind]: ItemOf<K> }[EventKind]

const eventHead = {
  seq: z.number().int().positive(),
  commandId: z.uuid().nullable(),
  by: z.uuid().nullable(),
  at: z.number(),
}

const members = Object.entries(eventPayloadSchemas).map(([kind, payload]) =>
  z.object({ ...eventHead, kind: z.literal(kind), payload }),
)

export const sessionEventSchema = z.discriminatedUnion(
  'kind',
  members as unknown as [(typeof members)[number], ...typeof members],
) as unknown as z.ZodType<SessionEvent>
