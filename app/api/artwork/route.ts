import { limits } from '#lib/domain/limits/limits.ts'
import { serverEnv } from '#lib/env/server.ts'
import { serviceDb } from '#lib/server/db/clients.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { readBytes } from '#lib/server/http/read-json-body.ts'
import { storeArtwork } from '#lib/server/sessions/store-artwork.ts'

/** The body is the picture itself; the answer is the path to open a session with. */
export const POST = defineRoute({
  access: 'signed_in',
  handle: async ({ person, request }) =>
    storeArtwork(serviceDb(serverEnv()), person.userId, await readBytes(request, limits.artworkMaxBytes)),
})
