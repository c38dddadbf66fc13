import { z } from 'zod'
import type { LiveStream } from '#lib/domain/live/live.ts'

const instant = z.number().finite()

/** A live stream as it travels, and as SQL builds it (`private.live_json`). See `LiveStream`. */
export const liveSchema = z.object({
  streamId: z.uuid(),
  mode: z.enum(['talk', 'set']),
  startsAtInMs: instant,
  endsAtInMs: instant.nullable(),
  duckGain: z.number().min(0).max(1),
}) satisfies z.ZodType<LiveStream>

/** `POST /api/sessions/[id]/live`, from the browser that holds the lease; the id makes a repeat harmless. */
export const startLiveSchema = z.strictObject({
  leaseId: z.uuid(),
  streamId: z.uuid(),
  mode: z.enum(['talk', 'set']),
  /** When the first sound was captured. */
  startsAtInMs: instant,
  duckGain: z.number().min(0).max(1),
})
export type StartLive = z.infer<typeof startLiveSchema>
export const liveStartedSchema = z.object({ streamId: z.uuid() })

/** `POST /api/live/[id]/end` */
export const endLiveSchema = z.strictObject({ leaseId: z.uuid(), endsAtInMs: instant })
export const liveEndedSchema = z.object({ ended: z.literal(true) })

export const liveParamsSchema = z.object({ id: z.uuid() })

/**
 * `POST /api/live/[id]/segments/[number]?leaseId=&startsAtInMs=`: the body is a whole small fragmented MP4, initialisation
 * segment and one media segment (ISO/IEC 14496-12; CMAF). Numbers begin at 1; one that is left out becomes a gap.
 */
export const liveSegmentParamsSchema = liveParamsSchema.extend({
  number: z.coerce.number().int().min(1).max(1_000_000),
})
export const liveSegmentQuerySchema = z.strictObject({
  leaseId: z.uuid(),
  /** When the sound at the segment's beginning was captured. */
  startsAtInMs: z.coerce.number().finite(),
})
export const liveSegmentStoredSchema = z.object({ number: z.number().int() })
export const liveUploadMaxBytes = 64 * 1024

/** The playlist of a stream, by its id alone, which nobody can guess. */
export const livePlaylistPath = (streamId: string) => `/api/live/${streamId}/index.m3u8`
