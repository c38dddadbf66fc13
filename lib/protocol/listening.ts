import { z } from 'zod'

/** `POST /api/sessions/[id]/listening`: how a listener's sound is doing. */
export const listeningReportSchema = z.strictObject({
  /** Whether this listener's sound is on. */
  isListening: z.boolean(),
  /** Actual minus wanted position as the player sees it. */
  offsetInMs: z.number().min(-60_000).max(60_000).nullable(),
  uncertaintyInMs: z.number().min(0).max(60_000).nullable(),
  /** Interruptions in the last five minutes. */
  stalls: z.number().int().min(0).max(1_000),
  /** Bits per second. */
  bitrate: z.number().int().min(0).max(10_000_000).nullable(),
  /** How much faster the sound card runs than the server's clock. */
  driftInPpm: z.number().min(-10_000).max(10_000).nullable(),
  /** Music that lies ready. */
  bufferInMs: z.number().min(0).max(3_600_000).nullable(),
  /** Seeks and changes of the rate in the last five minutes. */
  corrections: z.number().int().min(0).max(10_000),
})
export type ListeningReport = z.infer<typeof listeningReportSchema>
export const listeningReportResultSchema = z.object({})

/** `GET /api/sessions/[id]/listening`: how the room hears, for whoever looks after it. */
export const listeningSummarySchema = z.object({
  /** How many told in the last three minutes; in large rooms a sample is asked. */
  reports: z.number().int().nonnegative(),
  /** Of those: whose sound is on, whose offset is known, and who is within 20 ms of the room. */
  listening: z.number().int().nonnegative(),
  measured: z.number().int().nonnegative(),
  inSync: z.number().int().nonnegative(),
  /** The middle of those whose sound is on; of offset and drift however they point. Null while nobody knows. */
  medianOffsetInMs: z.number().nonnegative().nullable(),
  medianUncertaintyInMs: z.number().nonnegative().nullable(),
  medianDriftInPpm: z.number().nonnegative().nullable(),
  medianBufferInMs: z.number().nonnegative().nullable(),
  medianBitrate: z.number().nonnegative().nullable(),
  /** Interruptions in the last minutes, of all together. */
  stalls: z.number().int().nonnegative(),
  /** Corrections in the last minutes, of one listener on average. */
  correctionsEach: z.number().nonnegative().nullable(),
})
export type ListeningSummary = z.infer<typeof listeningSummarySchema>
