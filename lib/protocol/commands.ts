import { z } from 'zod'
import { limits, reactionEmojis } from '#lib/domain/limits/limits.ts'
import { loopRegionSchema } from './playback.ts'
import { roleSchema } from './session-state.ts'
import { currencySchema } from './tips.ts'

const command = <K extends string, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.strictObject({ kind: z.literal(kind), commandId: z.uuid(), ...shape })

const positionInMs = z.number().finite().nonnegative()
const rev = z.number().int().nonnegative()

/**
 * `POST /api/sessions/[id]/commands`. `commandId` is made by the client and makes a repeat harmless: the same command
 * is acknowledged again, another body under the same id is refused (`command_conflict`).
 */
export const commandSchema = z.discriminatedUnion('kind', [
  command('chat.send', { text: z.string().trim().min(1).max(limits.messageMaxLength) }),
  command('chat.remove', { messageId: z.uuid() }),
  command('react', { emoji: z.enum(reactionEmojis) }),
  command('queue.add', { trackId: z.uuid() }),
  command('queue.remove', { itemId: z.uuid() }),
  command('queue.vote', { itemId: z.uuid(), voted: z.boolean() }),
  /** Puts an item in front of another one (null: behind the pinned ones) and pins what then stands above it. */
  command('queue.move', { itemId: z.uuid(), beforeItemId: z.uuid().nullable() }),
  /** Gives a pinned item back to the votes. */
  command('queue.unpin', { itemId: z.uuid() }),
  /** Plays an item now, or resumes / begins with the head of the queue when it is null. */
  command('playback.play', { itemId: z.uuid().nullable() }),
  command('playback.pause', {}),
  command('playback.seek', { positionInMs, expectedRev: rev }),
  command('playback.next', { expectedRev: rev }),
  /** The compare-and-set that any client may ask for when the due time has passed and nothing changed. */
  command('playback.advance', { expectedRev: rev }),
  /** How long the end of a track and the beginning of the next one sound together. */
  command('playback.set_crossfade', { crossfadeInMs: z.number().int().min(0).max(limits.crossfadeMaxInMs) }),
  /** Repeats a region of the current track; null leaves the loop, and the track goes on from where it is. */
  command('playback.loop', {
    region: loopRegionSchema
      .refine(({ startInMs, endInMs }) => endInMs - startInMs >= limits.loopMinLengthInMs)
      .nullable(),
    expectedRev: rev,
  }),
  /** What the session collects for; both null: for nothing any more. */
  command('tip.set_goal', {
    amount: z.number().int().positive().nullable(),
    currency: currencySchema.nullable(),
  }),
  command('tip.remove_words', { tipId: z.uuid() }),
  /** No chat for so many minutes; 0 lifts it. */
  command('member.mute', {
    userId: z.uuid(),
    minutes: z.number().int().min(0).max(limits.muteMaxInMinutes),
  }),
  /** Out, with their votes and waiting songs, and not in again until it is lifted. */
  command('member.ban', { userId: z.uuid() }),
  command('member.unban', { userId: z.uuid() }),
  command('member.set_role', { userId: z.uuid(), role: roleSchema.exclude(['dj']) }),
  command('session.update', {
    title: z.string().trim().min(1).max(limits.sessionTitleMaxLength).optional(),
    requestsOpen: z.boolean().optional(),
  }),
  command('session.end', {}),
])
export type Command = z.infer<typeof commandSchema>
export type CommandKind = Command['kind']

/**
 * The answer to a command: acknowledged after the commit; `seq` is the last event that it wrote, if it wrote one, and
 * `rev` the tallies that count it, if it was a vote.
 */
export const acknowledgementSchema = z.object({
  commandId: z.uuid(),
  seq: z.number().int().positive().nullable(),
  rev: rev.optional(),
})
export type Acknowledgement = z.infer<typeof acknowledgementSchema>

/** `POST /api/sessions/[id]/lease`: asks for the DJ's lease; `takesOver`: also from a window that is on air. */
export const claimLeaseSchema = z.strictObject({ takesOver: z.boolean().default(false) })
export const leaseSchema = z.object({ leaseId: z.uuid(), presentUntil: z.number() })

/** `POST /api/sessions/[id]/heartbeat`, every 5 s, from the browser that holds the lease. */
export const heartbeatSchema = z.strictObject({
  leaseId: z.uuid(),
  rev,
  /** Where the DJ's own player is; null while it makes no sound. */
  positionInMs: positionInMs.nullable(),
  /** The server time, by the DJ's synchronised clock, at which the position was read. */
  at: z.number().finite().positive(),
})
export type Heartbeat = z.infer<typeof heartbeatSchema>

/**
 * The answer to a heartbeat: how long the lease now lasts, and the timeline's `rev`. Where that is newer than the one sent,
 * the two crossed, and the heartbeat changed nothing.
 */
export const heartbeatResultSchema = z.object({ presentUntil: z.number(), rev })
