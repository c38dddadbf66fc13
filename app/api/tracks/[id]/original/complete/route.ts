import { z } from 'zod'
import { completeOriginalSchema } from '#lib/protocol/tracks.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { completeOriginal } from '#lib/server/media/library.ts'
import { requireFfmpeg } from '#lib/server/media/originals/require-ffmpeg.ts'

/** Hands an original over to be encoded, verified and published. */
export const POST = defineRoute({
  access: 'signed_in',
  params: z.object({ id: z.uuid() }),
  body: completeOriginalSchema,
  handle: ({ db, params, body }) => {
    requireFfmpeg()
    return completeOriginal(db, params.id, body.trimsSilence)
  },
})
