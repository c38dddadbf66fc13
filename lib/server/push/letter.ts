import { createHash } from 'node:crypto'
import type { Locale } from '#lib/i18n/locales.ts'
import type { PushMessage } from '#lib/protocol/push-message.ts'
import type { ClaimedNotification, PushDevice } from './claimed-notification.ts'
import { describeNotification, urgencyByKind } from './describe-notification.ts'

/** One notification on its way to one device. */
export type Letter<D extends PushDevice = PushDevice> = {
  device: D
  message: PushMessage
  /** For how long a push service should keep it for a device that is away. */
  ttlInSeconds: number
  urgency: 'normal' | 'high'
  /** A newer one takes the place of one that the push service still has (RFC 8030, 5.4: 32 characters at most). */
  topic: string
}

export function writeLetter<D extends PushDevice>(
  notification: ClaimedNotification,
  device: D,
  nowInMs: number,
): Letter<D> {
  const { kind, topic, expiresAtInMs } = notification
  const locale: Locale = device.locale
  return {
    device,
    message: describeNotification(notification, locale),
    ttlInSeconds: Math.max(0, Math.ceil((expiresAtInMs - nowInMs) / 1000)),
    urgency: urgencyByKind[kind],
    topic: createHash('sha256').update(topic).digest('base64url').slice(0, 32),
  }
}
