import { pushDeviceAddressSchema } from '#lib/protocol/notifications.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { forgetPushDevice } from '#lib/server/push/notification-settings.ts'

export const POST = defineRoute({
  access: 'signed_in',
  body: pushDeviceAddressSchema,
  handle: ({ db, body }) => forgetPushDevice(db, body.address),
})
