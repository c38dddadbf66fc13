import type { AddPushDevice } from '#lib/protocol/notifications.ts'

/** A browser's subscription as the server wants to know it. */
export function describeSubscription(
  subscription: PushSubscription,
  { locale, replaces }: { locale: 'es' | 'en'; replaces?: string | undefined },
): AddPushDevice {
  const { endpoint, keys } = subscription.toJSON()
  return {
    channel: 'web',
    endpoint: endpoint ?? '',
    keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' },
    locale,
    ...(replaces ? { replaces } : {}),
  }
}
