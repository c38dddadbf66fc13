import { startUploadSchema } from '#lib/protocol/tracks.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { listLibrary, startUpload } from '#lib/server/media/library.ts'

/** The person's library. */
export const GET = defineRoute({
  access: 'signed_in',
  handle: async ({ db }) => ({ tracks: await listLibrary(db) }),
})

/** Begins an upload. */
export const POST = defineRoute({
  access: 'signed_in',
  body: startUploadSchema,
  handle: ({ db, body }) => startUpload(db, body),
})
