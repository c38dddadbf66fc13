import { z } from 'zod'
import { addressesRequestSchema } from '#lib/protocol/tracks.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { createUploadAddresses } from '#lib/server/media/upload-addresses.ts'

/** Addresses to upload files of one's own track to, straight to Storage. */
export const POST = defineRoute({
  access: 'signed_in',
  params: z.object({ id: z.uuid() }),
  body: addressesRequestSchema,
  handle: ({ db, person, params, body }) =>
    createUploadAddresses(db, { userId: person.userId, trackId: params.id, paths: body.paths }),
})
