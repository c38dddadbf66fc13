import { serverEnv } from '#lib/env/server.ts'
import { liveSegmentParamsSchema, liveSegmentQuerySchema, liveUploadMaxBytes } from '#lib/protocol/live.ts'
import { serviceDb } from '#lib/server/db/clients.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { readBytes } from '#lib/server/http/read-json-body.ts'
import { takeSegment } from '#lib/server/live/live-stream.ts'
import { createMediaStorage } from '#lib/server/media/media-storage.ts'

/** The body is the segment itself. */
export const POST = defineRoute({
  access: 'signed_in',
  params: liveSegmentParamsSchema,
  query: liveSegmentQuerySchema,
  handle: async ({ db, params, query, request }) => {
    const bytes = await readBytes(request, liveUploadMaxBytes)
    const service = serviceDb(serverEnv())
    const deps = { db, service, storage: createMediaStorage(service) }
    return takeSegment(deps, { streamId: params.id, number: params.number, ...query, bytes })
  },
})
