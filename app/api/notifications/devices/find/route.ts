import { pushDeviceAddressSchema } from '#lib/protocol/notifications.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { findPushDevice } from '#lib/server/push/notification-settings.ts'

/** A question, by POST: the address is a secret of the device, and addresses of requests are logged. */
export const POST = defineRoute({
  access: 'signed_in',
  body: pushDeviceAddressSchema,
  handle: ({ db, body }) => findPushDevice(db, body.address),
})
