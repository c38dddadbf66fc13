import { serverEnv } from '#lib/env/server.ts'
import { addPushDeviceSchema } from '#lib/protocol/notifications.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { addPushDevice } from '#lib/server/push/notification-settings.ts'

export const POST = defineRoute({
  access: 'signed_in',
  body: addPushDeviceSchema,
  handle: ({ db, body }) => addPushDevice(db, body, serverEnv().PUSH_HOSTS),
})
