import type { RequestJson } from '#lib/client/session/session-api.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import {
  pushDeviceAddedSchema,
  pushDeviceKnownSchema,
  pushDeviceRemovedSchema,
} from '#lib/protocol/notifications.ts'
import { describeSubscription } from './describe-subscription.ts'
import type { PushWanted } from './push-wanted.ts'

/** How notifications stand on this device; all but the last two are reasons why there can be none. */
export type PushState =
  | 'server_off'
  | 'insecure'
  | 'needs_home_screen'
  | 'unsupported'
  | 'denied'
  /** The browser's push service did not answer. */
  | 'unreachable'
  | 'off'
  | 'on'

export type PushSwitch = {
  /** How it stands, once what was wanted and got lost is put right; asks nobody for anything. */
  read: () => Promise<PushState>
  /** Asks for the permission where it has to, so only ever from a tap. @throws CodedError */
  turnOn: () => Promise<PushState>
  /** @throws CodedError */
  turnOff: () => Promise<PushState>
}

/** The page's service worker is on its way when a page has just been opened for the first time. */
const workerPatienceInMs = 10_000

export function createPushSwitch(options: {
  request: RequestJson
  /** The server's public key; null where Web Push is off. */
  vapidPublicKey: string | null
  locale: 'es' | 'en'
  wanted: PushWanted
}): PushSwitch {
  const { request, vapidPublicKey, locale, wanted } = options

  const read = async (): Promise<PushState> => {
    const obstacle = obstacleHere(vapidPublicKey)
    if (obstacle) return obstacle
    if (Notification.permission !== 'granted') return 'off'
    if (!(await isKnown())) return wanted.read() ? register().catch(() => 'off') : 'off'
    wanted.keep(true)
    return 'on'
  }

  const isKnown = async (): Promise<boolean> => {
    const subscription = await currentSubscription()
    if (!subscription || !isFor(subscription, vapidPublicKey)) return false
    const { known } = await request('/api/notifications/devices/find', pushDeviceKnownSchema, {
      address: subscription.endpoint,
    })
    return known
  }

  /** Tells the server this browser's address, a new one where there is none for its key. */
  const register = async (): Promise<PushState> => {
    const { pushManager } = await readyWorker()
    const before = await pushManager.getSubscription()
    const isKept = before !== null && isFor(before, vapidPublicKey)
    if (before && !isKept) await before.unsubscribe()
    const subscription = isKept ? before : await subscribe(pushManager, vapidPublicKey)
    if (!subscription) return 'unreachable'
    const device = describeSubscription(subscription, { locale, replaces: before?.endpoint })
    await request('/api/notifications/devices', pushDeviceAddedSchema, device)
    wanted.keep(true)
    return 'on'
  }

  return {
    read,
    async turnOn() {
      const obstacle = obstacleHere(vapidPublicKey)
      if (obstacle) return obstacle
      const permission = await Notification.requestPermission()
      if (permission !== 'granted') return permission === 'denied' ? 'denied' : 'off'
      return register()
    },
    async turnOff() {
      wanted.keep(false)
      const subscription = await currentSubscription()
      if (subscription) {
        // The server first: what it does not know any more, it does not send to.
        const address = subscription.endpoint
        await request('/api/notifications/devices/forget', pushDeviceRemovedSchema, { address })
        await subscription.unsubscribe()
      }
      return read()
    },
  }
}

function obstacleHere(vapidPublicKey: string | null): PushState | null {
  if (!vapidPublicKey) return 'server_off'
  if (!window.isSecureContext) return 'insecure'
  if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window)) {
    // Safari on iPhones has push for apps on the home screen alone, and only there is `standalone` true.
    return 'standalone' in navigator && !navigator.standalone ? 'needs_home_screen' : 'unsupported'
  }
  return Notification.permission === 'denied' ? 'denied' : null
}

async function currentSubscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration()
  return (await registration?.pushManager.getSubscription()) ?? null
}

/** A subscription is made for one key; where the server's has changed, it is of no use. */
function isFor({ options }: PushSubscription, vapidPublicKey: string | null): boolean {
  const key = options.applicationServerKey
  return !key || toBase64Url(new Uint8Array(key)) === vapidPublicKey
}

async function readyWorker(): Promise<ServiceWorkerRegistration> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new CodedError('unavailable')), workerPatienceInMs)
  return Promise.race([navigator.serviceWorker.ready, late]).finally(() => clearTimeout(timer))
}

/** Null where the browser could not reach its push service, or has none behind it. */
async function subscribe(
  pushManager: PushManager,
  applicationServerKey: string | null,
): Promise<PushSubscription | null> {
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey }).catch(() => null)
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}
