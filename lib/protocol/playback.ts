import { z } from 'zod'
import type { Timeline } from '#lib/domain/timeline/timeline.ts'

const slotSchema = z.object({
  itemId: z.uuid(),
  trackId: z.uuid(),
  durationInMs: z.number().int().positive(),
})
const scheduledSlotSchema = slotSchema.extend({ startsAtInMs: z.number().finite() })
const revSchema = z.number().int().nonnegative()

/** The timeline as it travels and as SQL builds it (`playback_json`). */
export const timelineSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('idle'), rev: revSchema }),
  z.object({
    status: z.literal('paused'),
    rev: revSchema,
    current: slotSchema,
    positionInMs: z.number().finite().nonnegative(),
  }),
  z.object({
    status: z.literal('playing'),
    rev: revSchema,
    current: scheduledSlotSchema,
    next: scheduledSlotSchema.nullable(),
  }),
]) satisfies z.ZodType<Timeline>
