import type { z } from 'zod'
import { CodedError } from '#lib/protocol/errors.ts'
import {
  type AddPushDevice,
  type NotificationSettings,
  notificationSettingsSchema,
  pushDeviceAddedSchema,
  pushDeviceKnownSchema,
  pushDeviceRemovedSchema,
  type SaveNotificationSettings,
} from '#lib/protocol/notifications.ts'
import { callFunction } from '../db/call-function.ts'
import type { Rpc } from '../db/clients.ts'
import { createPushHostCheck } from './push-hosts.ts'

/** What the person wants to hear of, and when not. @throws CodedError */
export function loadNotificationSettings(db: Rpc): Promise<NotificationSettings> {
  return callFunction(db, 'notification_settings', {}, notificationSettingsSchema)
}

/** @throws CodedError `invalid_input` also for a time zone that nobody knows */
export function saveNotificationSettings(
  db: Rpc,
  { mutedKinds, quietHours, timeZone }: SaveNotificationSettings,
): Promise<NotificationSettings> {
  const args = {
    p_muted_kinds: mutedKinds,
    p_quiet_from: quietHours?.from ?? null,
    p_quiet_until: quietHours?.until ?? null,
    p_time_zone: timeZone,
  }
  return callFunction(db, 'save_notification_settings', args, notificationSettingsSchema)
}

/**
 * Adds the device that the person holds. The sender looks at the address once more: SQL can be called without us.
 * @throws CodedError `push_service_unknown` for an address that nothing is sent to
 */
export async function addPushDevice(
  db: Rpc,
  device: AddPushDevice,
  pushHosts: readonly string[] | undefined,
): Promise<z.infer<typeof pushDeviceAddedSchema>> {
  if (device.channel === 'web' && !createPushHostCheck(pushHosts)(device.endpoint)) {
    throw new CodedError('push_service_unknown', { field: 'endpoint' })
  }
  const isWeb = device.channel === 'web'
  const args = {
    p_channel: device.channel,
    p_address: isWeb ? device.endpoint : device.token,
    p_public_key: isWeb ? device.keys.p256dh : null,
    p_secret: isWeb ? device.keys.auth : null,
    p_locale: device.locale,
    p_replaces: isWeb ? (device.replaces ?? null) : null,
  }
  return callFunction(db, 'add_push_device', args, pushDeviceAddedSchema)
}

/** Whether the device is this person's. @throws CodedError */
export function findPushDevice(db: Rpc, address: string): Promise<z.infer<typeof pushDeviceKnownSchema>> {
  return callFunction(db, 'has_push_device', { p_address: address }, pushDeviceKnownSchema)
}

/** @throws CodedError */
export function forgetPushDevice(db: Rpc, address: string): Promise<z.infer<typeof pushDeviceRemovedSchema>> {
  return callFunction(db, 'remove_push_device', { p_address: address }, pushDeviceRemovedSchema)
}
