import { z } from 'zod'
import type { FirstEncoded } from '#lib/encoding/encode-track.ts'
import { manifestSchema } from '#lib/protocol/tracks.ts'

/** What the encoder made first, as it comes from the worker and from an earlier visit. */
export const firstEncodedSchema: z.ZodType<FirstEncoded> = z.object({
  manifest: manifestSchema,
  cut: z.object({ from: z.number(), to: z.number() }),
})
