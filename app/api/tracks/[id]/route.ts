import { z } from 'zod'
import { changeTrackSchema } from '#lib/protocol/tracks.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { changeTrack, deleteTrack, findLibraryTrack } from '#lib/server/media/library.ts'

const params = z.object({ id: z.uuid() })

/** One track of the library, as the uploader waits for its verdict. */
export const GET = defineRoute({
  access: 'signed_in',
  params,
  handle: ({ db, params }) => findLibraryTrack(db, params.id),
})

export const PATCH = defineRoute({
  access: 'signed_in',
  params,
  body: changeTrackSchema,
  handle: ({ db, params, body }) => changeTrack(db, params.id, body),
})

export const DELETE = defineRoute({
  access: 'signed_in',
  params,
  handle: ({ db, params }) => deleteTrack(db, params.id),
})
