import { z } from 'zod'
import { completeUploadSchema } from '#lib/protocol/tracks.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { completeUpload } from '#lib/server/media/library.ts'

/** A manifest of 90 minutes has some 4,000 files of 150 bytes each. */
const manifestMaxBytes = 2 * 1024 * 1024

/** Hands the upload over to be verified and published. */
export const POST = defineRoute({
  access: 'signed_in',
  params: z.object({ id: z.uuid() }),
  body: completeUploadSchema,
  maxBodyBytes: manifestMaxBytes,
  handle: ({ db, params, body }) => completeUpload(db, params.id, body.manifest),
})
