import type { NotificationKind } from '#lib/domain/notifications/kinds.ts'
import { amountText } from '#lib/domain/tips/amount-text.ts'
import { formatMessage } from '#lib/i18n/format-message.ts'
import type { Locale } from '#lib/i18n/locales.ts'
import { messagesByLocale } from '#lib/i18n/messages.ts'
import type { PushMessage } from '#lib/protocol/push-message.ts'
import type { ClaimedNotification } from './claimed-notification.ts'

/** What a device shows of a notification, in its language. */
export function describeNotification(notification: ClaimedNotification, locale: Locale): PushMessage {
  const { id, topic } = notification
  return { id, topic, locale, ...textOf(notification, locale), path: pathOf(notification) }
}

function pathOf(notification: ClaimedNotification): string {
  return notification.kind === 'tip_received' ? '/studio/tips' : `/s/${notification.payload.slug}`
}

function textOf({ kind, payload }: ClaimedNotification, locale: Locale): { title: string; body: string } {
  const { dj_live, track_next, tip_received } = messagesByLocale[locale].push
  switch (kind) {
    case 'dj_live':
      return {
        title: formatMessage(locale, dj_live.title, payload),
        body: formatMessage(locale, dj_live.body, payload),
      }
    case 'track_next':
      return { title: track_next.title, body: formatMessage(locale, track_next.body, payload) }
    case 'tip_received': {
      const { amount, currency, name, title } = payload
      const said = { name: name ?? tip_received.somebody, amount: amountText(amount, currency, locale) }
      return {
        title: formatMessage(locale, tip_received.title, said),
        body: title === null ? tip_received.later : formatMessage(locale, tip_received.body, { title }),
      }
    }
  }
}

/** How soon a device should be woken for it (RFC 8030, 5.3). */
export const urgencyByKind: Record<NotificationKind, 'normal' | 'high'> = {
  dj_live: 'normal',
  track_next: 'high',
  tip_received: 'normal',
}
