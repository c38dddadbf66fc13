import { z } from 'zod'
import { liveSchema } from './live.ts'
import { timelineSchema } from './playback.ts'
import { tipFiguresSchema, tipGoalSchema, tipSchema } from './tips.ts'
import { trackSchema } from './tracks.ts'

/** The rows of a session as they travel in snapshots and events. Instants are epoch milliseconds. */
export const roleSchema = z.enum(['dj', 'co_dj', 'moderator', 'listener'])

export const memberSchema = z.object({ userId: z.uuid(), name: z.string(), role: roleSchema })
export type Member = z.infer<typeof memberSchema>

export const messageSchema = z.object({
  id: z.uuid(),
  authorId: z.uuid(),
  authorName: z.string(),
  text: z.string(),
  at: z.number(),
})
export type Message = z.infer<typeof messageSchema>

export const queueItemSchema = z.object({
  id: z.uuid(),
  track: trackSchema,
  addedBy: z.uuid(),
  addedByName: z.string(),
  addedAt: z.number(),
  pinnedOrder: z.number().nullable(),
})
export type QueueItem = z.infer<typeof queueItemSchema>

export const sessionSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  title: z.string(),
  status: z.enum(['live', 'ended']),
  visibility: z.enum(['public', 'unlisted', 'private']),
  artworkPath: z.string().nullable(),
  djId: z.uuid(),
  /** Whether listeners may ask for songs. */
  requestsOpen: z.boolean(),
  /** How long the end of a track and the beginning of the next one sound together; 0 for no crossfade. */
  crossfadeInMs: z.number().int().nonnegative(),
  startedAt: z.number(),
  /** What its tips are collected for; null: for nothing in particular. */
  tipGoal: tipGoalSchema.nullable(),
})
export type Session = z.infer<typeof sessionSchema>

/** Votes per waiting item; items without votes are left out. The latest `rev` wins. */
export const talliesSchema = z.object({
  rev: z.number().int().nonnegative(),
  votes: z.record(z.uuid(), z.number().int()),
})
export type Tallies = z.infer<typeof talliesSchema>

/** Turns taken, for the fairness of the queue; travels with the playing items. */
export const turnsSchema = z.object({
  currentRound: z.number().int().nonnegative(),
  lastRoundByPerson: z.record(z.uuid(), z.number().int()),
})

/** The DJ's player as last heard of; `presentUntil` is the end of the lease. */
export const djSchema = z.object({
  rev: z.number().int().nonnegative(),
  presentUntil: z.number().nullable(),
  positionInMs: z.number().nullable(),
})

/** The parts of an envelope of which only the latest counts. */
export const stateSchema = z.object({
  playback: timelineSchema.optional(),
  tallies: talliesSchema.optional(),
  dj: djSchema.optional(),
  /** Of a room in which the log does not tell of everybody who comes in; it has no `rev`, and is what was heard last. */
  memberCount: z.number().int().nonnegative().optional(),
  /** Where there are tips or a goal; without a `rev`, too: it is repeated with the state. */
  tipFigures: tipFiguresSchema.optional(),
})
export type SessionState = z.infer<typeof stateSchema>

/** `GET /api/sessions/[id]/snapshot`: all that a client needs to begin, as of `seq`. */
export const snapshotSchema = z.object({
  epoch: z.uuid(),
  seq: z.number().int().nonnegative(),
  /** Which Realtime channel the room is in: see `sessionTopic`. */
  channel: z.number().int().nonnegative(),
  session: sessionSchema,
  me: z.object({ userId: z.uuid(), role: roleSchema, name: z.string(), mutedUntil: z.number().nullable() }),
  members: z.array(memberSchema),
  memberCount: z.number().int().nonnegative(),
  messages: z.array(messageSchema),
  /** The newest tips, as far back as the messages go, oldest first. */
  tips: z.array(tipSchema),
  tipFigures: tipFiguresSchema.optional(),
  /** Everything waiting, and the items that the timeline names. */
  queue: z.array(queueItemSchema),
  myVotes: z.array(z.uuid()),
  turns: turnsSchema,
  playback: timelineSchema,
  tallies: talliesSchema,
  dj: djSchema,
  /** What is on air, or was a moment ago. */
  live: liveSchema.nullable(),
})
export type Snapshot = z.infer<typeof snapshotSchema>
