import { limits } from '#lib/domain/limits/limits.ts'
import { serverEnv } from '#lib/env/server.ts'
import { changeAvatar } from '#lib/server/accounts/avatar.ts'
import { serviceDb } from '#lib/server/db/clients.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { readBytes } from '#lib/server/http/read-json-body.ts'

/** The body is the picture itself. */
export const POST = defineRoute({
  access: 'signed_in',
  handle: async ({ db, person, request }) =>
    changeAvatar(
      { db, service: serviceDb(serverEnv()), userId: person.userId },
      await readBytes(request, limits.artworkMaxBytes),
    ),
})
