import { z } from 'zod'
import { serverEnv } from '#lib/env/server.ts'
import { serviceDb } from '#lib/server/db/clients.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { createMediaStorage } from '#lib/server/media/media-storage.ts'
import { listStoredFiles } from '#lib/server/media/upload-addresses.ts'

/** What of one's own track is stored already, so that a resumed upload skips it. */
export const GET = defineRoute({
  access: 'signed_in',
  params: z.object({ id: z.uuid() }),
  handle: ({ person, params }) =>
    listStoredFiles(createMediaStorage(serviceDb(serverEnv())), {
      userId: person.userId,
      trackId: params.id,
    }),
})
