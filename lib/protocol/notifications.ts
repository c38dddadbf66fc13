import { z } from 'zod'
import { notificationKinds } from '#lib/domain/notifications/kinds.ts'
import { localeSchema } from './profile.ts'

const wallTimeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** `GET /api/notifications`, and what `POST` there answers. */
export const notificationSettingsSchema = z.object({
  mutedKinds: z.array(z.enum(notificationKinds)),
  quietHours: z.object({ from: wallTimeSchema, until: wallTimeSchema }).nullable(),
  /** Of the IANA database; null until something was saved. */
  timeZone: z.string().nullable(),
})
export type NotificationSettings = z.infer<typeof notificationSettingsSchema>

/** `POST /api/notifications`: all of the settings at once. */
export const saveNotificationSettingsSchema = z.strictObject({
  mutedKinds: z.array(z.enum(notificationKinds)).max(notificationKinds.length),
  quietHours: z.strictObject({ from: wallTimeSchema, until: wallTimeSchema }).nullable(),
  timeZone: z.string().min(1).max(60),
})
export type SaveNotificationSettings = z.infer<typeof saveNotificationSettingsSchema>

const expoTokenSchema = z.string().regex(/^Expo(nent)?PushToken\[[A-Za-z0-9_-]{1,100}\]$/)

/**
 * `POST /api/notifications/devices`. A browser sends what its PushSubscription gives as JSON: the push service's address
 * and the keys of RFC 8291; `replaces` is the address that this browser had before.
 */
export const addPushDeviceSchema = z.discriminatedUnion('channel', [
  z.strictObject({
    channel: z.literal('web'),
    endpoint: z.url().max(1000),
    keys: z.strictObject({
      p256dh: z.string().regex(/^[A-Za-z0-9_-]{87}$/),
      auth: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
    }),
    locale: localeSchema,
    replaces: z.string().max(1000).optional(),
  }),
  z.strictObject({ channel: z.literal('expo'), token: expoTokenSchema, locale: localeSchema }),
])
export type AddPushDevice = z.infer<typeof addPushDeviceSchema>

/** `POST /api/notifications/devices/find` and `…/forget`: by the endpoint or the token. */
export const pushDeviceAddressSchema = z.strictObject({ address: z.string().max(1000) })

export const pushDeviceAddedSchema = z.object({ added: z.literal(true) })
export const pushDeviceRemovedSchema = z.object({ removed: z.boolean() })
export const pushDeviceKnownSchema = z.object({ known: z.boolean() })
