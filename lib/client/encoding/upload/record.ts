import { z } from 'zod'
import { manifestSchema } from '#lib/protocol/tracks.ts'

/** What is kept of an upload beside its files, so that a reload goes on with it. */
export const uploadRecordSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  bytes: z.number().int().nonnegative(),
  addedAt: z.number(),
  sha256: z.string(),
  trimsSilence: z.boolean().default(false),
  /** Whether the file goes to the server as it is, to be encoded there. */
  sendsOriginal: z.boolean().default(false),
  /** What the encoder made first; null until it came to its end. */
  encoded: z
    .object({
      title: z.string(),
      artist: z.string().nullable(),
      manifest: manifestSchema,
      /** Which part of the sound it is of, in samples. */
      cut: z.object({ from: z.number(), to: z.number() }).optional(),
    })
    .nullable(),
  /** All renditions; null until they are there. */
  whole: manifestSchema.nullable().default(null),
})
export type UploadRecord = z.infer<typeof uploadRecordSchema>

export const recordPath = 'record.json'
export const sourcePath = 'source'
