import { z } from 'zod'
import { localeSchema } from '#lib/protocol/profile.ts'

const deviceFields = { id: z.uuid(), address: z.string(), locale: localeSchema }

/** A device as the sender knows it: a browser by its push service's address and keys, an app by its Expo token. */
const pushDeviceSchema = z.discriminatedUnion('channel', [
  z.object({ ...deviceFields, channel: z.literal('web'), p256dh: z.string(), auth: z.string() }),
  z.object({ ...deviceFields, channel: z.literal('expo') }),
])
export type PushDevice = z.infer<typeof pushDeviceSchema>
export type WebDevice = Extract<PushDevice, { channel: 'web' }>
export type ExpoDevice = Extract<PushDevice, { channel: 'expo' }>

const commonFields = {
  id: z.uuid(),
  /** Which claim this is; settling it says so again. */
  attempt: z.number().int().positive(),
  topic: z.string(),
  expiresAtInMs: z.number(),
  devices: z.array(pushDeviceSchema),
}

/** What `claim_notifications` gives; each kind has the payload that its source in SQL wrote. */
const claimedNotificationSchema = z.discriminatedUnion('kind', [
  z.object({
    ...commonFields,
    kind: z.literal('dj_live'),
    payload: z.object({ slug: z.string(), title: z.string(), djName: z.string() }),
  }),
  z.object({
    ...commonFields,
    kind: z.literal('track_next'),
    payload: z.object({ slug: z.string(), title: z.string(), trackTitle: z.string() }),
  }),
  z.object({
    ...commonFields,
    kind: z.literal('tip_received'),
    payload: z.object({
      /** In the currency's smallest unit. */
      amount: z.number().int(),
      currency: z.string(),
      /** Null for whoever does not want to be named. */
      name: z.string().nullable(),
      /** The session's; null where it is gone. */
      title: z.string().nullable(),
    }),
  }),
])
export type ClaimedNotification = z.infer<typeof claimedNotificationSchema>

export const claimedNotificationsSchema = z.array(claimedNotificationSchema)
