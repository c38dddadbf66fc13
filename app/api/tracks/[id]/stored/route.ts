import { z } from 'zod'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { listStoredFiles } from '#lib/server/media/upload-addresses.ts'

/** What of one's own track is stored already, so that a resumed upload skips it. */
export const GET = defineRoute({
  access: 'signed_in',
  params: z.object({ id: z.uuid() }),
  handle: ({ db, person, params }) => listStoredFiles(db, { userId: person.userId, trackId: params.id }),
})
