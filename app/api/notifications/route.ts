import { saveNotificationSettingsSchema } from '#lib/protocol/notifications.ts'
import { defineRoute } from '#lib/server/http/define-route.ts'
import { loadNotificationSettings, saveNotificationSettings } from '#lib/server/push/notification-settings.ts'

export const GET = defineRoute({
  access: 'signed_in',
  handle: ({ db }) => loadNotificationSettings(db),
})

export const POST = defineRoute({
  access: 'signed_in',
  body: saveNotificationSettingsSchema,
  handle: ({ db, body }) => saveNotificationSettings(db, body),
})
