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
  medianUncertaintyInMs: z.number().nonnegative().nullable(),
  /** Interruptions in the last minutes, of all together. */
  stalls: z.number().int().nonnegative(),
})
export type ListeningSummary = z.infer<typeof listeningSummarySchema>
