import { serverEnv } from '#lib/env/server.ts'
import { changeAvatar } from '#lib/server/accounts/avatar.ts'
import { serviceDb } from '#lib/server/db/clients.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'

export const POST = defineRoute({
  access: 'signed_in',
  handle: ({ db, person }) =>
    changeAvatar({ db, service: serviceDb(serverEnv()), userId: person.userId }, null),
})
