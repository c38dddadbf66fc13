import { z } from 'zod'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { createOriginalAddress } from '#lib/server/media/originals/originals-storage.ts'
import { requireFfmpeg } from '#lib/server/media/originals/require-ffmpeg.ts'

/** An address to upload the original of one's own track to, where this installation encodes originals. */
export const POST = defineRoute({
  access: 'signed_in',
  params: z.object({ id: z.uuid() }),
  handle: ({ db, person, params }) => {
    requireFfmpeg()
    return createOriginalAddress(db, { userId: person.userId, trackId: params.id })
  },
})
