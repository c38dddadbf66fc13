import type { NotificationKind } from '#lib/domain/notifications/kinds.ts'
import { formatMessage } from '#lib/i18n/format-message.ts'
import type { Locale } from '#lib/i18n/locales.ts'
import { messagesByLocale } from '#lib/i18n/messages.ts'
import type { PushMessage } from '#lib/protocol/push-message.ts'
import type { ClaimedNotification } from './claimed-notification.ts'

/** What a device shows of a notification, in its language. */
export function describeNotification(notification: ClaimedNotification, locale: Locale): PushMessage {
  const { id, topic, payload } = notification
  return { id, topic, locale, ...textOf(notification, locale), path: `/s/${payload.slug}` }
}

function textOf({ kind, payload }: ClaimedNotification, locale: Locale): { title: string; body: string } {
  const { dj_live, track_next } = messagesByLocale[locale].push
  switch (kind) {
    case 'dj_live':
      return {
        title: formatMessage(locale, dj_live.title, payload),
        body: formatMessage(locale, dj_live.body, payload),
      }
    case 'track_next':
      return { title: track_next.title, body: formatMessage(locale, track_next.body, payload) }
  }
}

/** How soon a device should be woken for it (RFC 8030, 5.3). */
export const urgencyByKind: Record<NotificationKind, 'normal' | 'high'> = {
  dj_live: 'normal',
  track_next: 'high',
}
