import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { RequestJson } from '#lib/client/session/session-api.ts'
import { createPushSwitch } from './push-switch.ts'

const key = `B${'A'.repeat(86)}`
const bytesOf = (base64Url: string) => Uint8Array.from(Buffer.from(base64Url, 'base64url'))

/** A browser with push, somebody who answers its question, and our server. */
class Browser {
  permission: NotificationPermission = 'default'
  /** What its person answers when asked. */
  answer: NotificationPermission = 'granted'
  asked = 0
  isReachable = true
  known = new Set<string>()
  subscription: ReturnType<Browser['subscriptionFor']> | null = null

  subscriptionFor(vapidKey: string) {
    const endpoint = `https://push.example/${crypto.randomUUID()}`
    return {
      endpoint,
      options: { applicationServerKey: bytesOf(vapidKey).buffer },
      toJSON: () => ({ endpoint, keys: { p256dh: 'B'.repeat(87), auth: 'a'.repeat(22) } }),
      unsubscribe: async () => {
        this.subscription = null
        return true
      },
    }
  }

  install(): void {
    const browser = this
    const pushManager = {
      getSubscription: async () => this.subscription,
      subscribe: async ({ applicationServerKey }: { applicationServerKey: string }) => {
        if (!this.isReachable) throw new DOMException('push service error', 'AbortError')
        this.subscription = this.subscriptionFor(applicationServerKey)
        return this.subscription
      },
    }
    const registration = { pushManager }
    vi.stubGlobal('navigator', {
      serviceWorker: { ready: Promise.resolve(registration), getRegistration: async () => registration },
    })
    const notification = {
      get permission() {
        return browser.permission
      },
      requestPermission: async () => {
        browser.asked += 1
        browser.permission = browser.answer
        return browser.answer
      },
    }
    vi.stubGlobal('Notification', notification)
    vi.stubGlobal('window', { isSecureContext: true, PushManager: {}, Notification: notification })
  }

  request = (async (
    path: string,
    _result: unknown,
    body: { address?: string; endpoint?: string; replaces?: string },
  ) => {
    if (path.endsWith('/find')) return { known: this.known.has(body.address ?? '') }
    if (path.endsWith('/forget')) return { removed: this.known.delete(body.address ?? '') }
    this.known.delete(body.replaces ?? '')
    this.known.add(body.endpoint ?? '')
    return { added: true }
  }) as unknown as RequestJson
}

let browser: Browser
const open = (vapidPublicKey: string | null = key) =>
  createPushSwitch({ request: browser.request, vapidPublicKey, locale: 'en' })
beforeEach(() => {
  browser = new Browser()
  browser.install()
})
afterEach(() => void vi.unstubAllGlobals())

it('is off until its person turns it on, and asks for nothing before', async () => {
  expect(await open().read()).toBe('off')
  expect(browser.asked).toBe(0)
  expect(await open().turnOn()).toBe('on')
  expect(browser.asked).toBe(1)
  expect(await open().read()).toBe('on')
  expect(await open().turnOff()).toBe('off')
  expect(browser.known.size).toBe(0)
})

it.each([
  ['denied', 'denied'],
  ['default', 'off'],
] as const)('is not on where its person answers %s', async (answer, state) => {
  browser.answer = answer
  expect(await open().turnOn()).toBe(state)
  expect(await open().read()).toBe(state)
  expect(browser.subscription).toBeNull()
})

it('says why there can be none', async () => {
  expect(await open(null).read()).toBe('server_off')
  vi.stubGlobal('window', { isSecureContext: true })
  expect(await open().read()).toBe('unsupported')
  vi.stubGlobal('navigator', { standalone: false })
  expect(await open().read()).toBe('needs_home_screen')
  vi.stubGlobal('window', { isSecureContext: false })
  expect(await open().read()).toBe('insecure')
})

it('says that the browser’s push service cannot be reached', async () => {
  browser.isReachable = false
  expect(await open().turnOn()).toBe('unreachable')
  expect(browser.known.size).toBe(0)
})

it('is off for whoever signs in next in the same browser', async () => {
  await open().turnOn()
  browser.known.clear()
  expect(await open().read()).toBe('off')
})

it('subscribes anew where the server’s key has changed, in place of the address before', async () => {
  await open().turnOn()
  const [before] = browser.known
  const other = `B${'B'.repeat(85)}A`
  expect(await open(other).read()).toBe('off')
  expect(await open(other).turnOn()).toBe('on')
  expect(browser.known.size).toBe(1)
  expect(browser.known.has(before ?? '')).toBe(false)
})
