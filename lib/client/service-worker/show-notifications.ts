/// <reference lib="webworker" />
import { type PushMessage, pushMessageSchema } from '#lib/protocol/push-message.ts'
import { describeSubscription } from '../push/describe-subscription.ts'

/** Shows what the server sends, opens what is tapped, and tells the server when the browser's address changes. */
export function showNotifications(scope: ServiceWorkerGlobalScope): void {
  scope.addEventListener('push', (event) => {
    const message = parseMessage(event.data)
    if (message) event.waitUntil(show(scope, message))
  })
  scope.addEventListener('notificationclick', (event) => {
    event.notification.close()
    event.waitUntil(open(scope, event.notification.data.path))
  })
  scope.addEventListener('pushsubscriptionchange', (event) => {
    event.waitUntil(renew(scope, event as SubscriptionChange))
  })
}

/** What is no message of ours is not shown: the browser then says itself that something came. */
function parseMessage(data: PushMessageData | null): PushMessage | null {
  try {
    return pushMessageSchema.safeParse(data?.json()).data ?? null
  } catch {
    return null
  }
}

/** One notification a topic; one that came twice does not ring twice. */
async function show({ registration }: ServiceWorkerGlobalScope, message: PushMessage): Promise<void> {
  const { id, topic, title, body, path, locale } = message
  const shown = await registration.getNotifications({ tag: topic })
  const options: NotificationOptions & { renotify: boolean } = {
    body,
    tag: topic,
    lang: locale,
    data: { id, path },
    icon: '/icons/icon-192.png',
    badge: '/icons/monochrome-96.png',
    renotify: !shown.some(({ data }) => data?.id === id),
  }
  await registration.showNotification(title, options)
}

/** Goes to the window that is there already, else opens one: no other window is led away from its music. */
async function open({ clients, location }: ServiceWorkerGlobalScope, path: string): Promise<void> {
  const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true })
  const there = windows.find(({ url }) => new URL(url).pathname === path)
  if (there) await there.focus()
  else await clients.openWindow(new URL(path, location.origin).href)
}

type SubscriptionChange = ExtendableEvent & {
  oldSubscription: PushSubscription | null
  newSubscription: PushSubscription | null
}

async function renew(
  { registration, navigator }: ServiceWorkerGlobalScope,
  change: SubscriptionChange,
): Promise<void> {
  const { oldSubscription, newSubscription } = change
  // Not every browser says which address it was: a page puts it right when one is opened next (`push-switch.ts`).
  if (!oldSubscription) return
  const subscription = newSubscription ?? (await registration.pushManager.subscribe(oldSubscription.options))
  const device = describeSubscription(subscription, {
    locale: navigator.language.startsWith('es') ? 'es' : 'en',
    replaces: oldSubscription.endpoint,
  })
  await fetch('/api/notifications/devices', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(device),
  })
}
