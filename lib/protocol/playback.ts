import { z } from 'zod'
import type { Timeline } from '#lib/domain/timeline/timeline.ts'

const slotSchema = z.object({
  itemId: z.uuid(),
  trackId: z.uuid(),
  durationInMs: z.number().int().positive(),
  fadeInMs: z.number().int().positive().optional(),
  pass: z.number().int().positive().optional(),
})
const scheduledSlotSchema = slotSchema.extend({ startsAtInMs: z.number().finite() })
const revSchema = z.number().int().nonnegative()

/** A part of a track that is repeated: positions. */
export const loopRegionSchema = z.object({
  startInMs: z.number().int().nonnegative(),
  endInMs: z.number().int().positive(),
})

/** The timeline as it travels and as SQL builds it (`playback_json`). */
export const timelineSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('idle'), rev: revSchema }),
  z.object({
    status: z.literal('paused'),
    rev: revSchema,
    current: slotSchema,
    positionInMs: z.number().finite().nonnegative(),
    pausedAtInMs: z.number().finite().optional(),
    loop: loopRegionSchema.optional(),
  }),
  z.object({
    status: z.literal('playing'),
    rev: revSchema,
    current: scheduledSlotSchema,
    next: scheduledSlotSchema.nullable(),
    loop: loopRegionSchema.extend({ jumpsAtInMs: z.number().finite() }).optional(),
  }),
]) satisfies z.ZodType<Timeline>
