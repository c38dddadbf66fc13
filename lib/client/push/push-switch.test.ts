import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RequestJson } from '#lib/client/session/session-api.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import { createPushSwitch } from './push-switch.ts'
import { pushWantedBy } from './push-wanted.ts'

const key = `B${'A'.repeat(86)}`
const bytesOf = (base64Url: string) => Uint8Array.from(Buffer.from(base64Url, 'base64url'))

/** A browser with push, somebody who answers its question, and our server. */
class Browser {
  permission: NotificationPermission = 'default'
  /** What its person answers when asked. */
  answer: NotificationPermission = 'granted'
  asked = 0
  isReachable = true
  isRefusing = false
  known = new Set<string>()
  stored = new Map<string, string>()
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
    if (this.isRefusing) throw new CodedError('rate_limited')
    this.known.delete(body.replaces ?? '')
    this.known.add(body.endpoint ?? '')
    return { added: true }
  }) as unknown as RequestJson
}

let browser: Browser
const open = (vapidPublicKey: string | null = key, userId = 'ana') => {
  const store = {
    getItem: (name: string) => browser.stored.get(name) ?? null,
    setItem: (name: string, value: string) => void browser.stored.set(name, value),
    removeItem: (name: string) => void browser.stored.delete(name),
  }
  return createPushSwitch({
    request: browser.request,
    vapidPublicKey,
    locale: 'en',
    wanted: pushWantedBy(userId, store),
  })
}
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
  expect(await open(key, 'ben').read()).toBe('off')
  expect(browser.known.size).toBe(0)
})

describe('where it is wanted', () => {
  beforeEach(() => open().turnOn())

  it('adds a new address where the browser lost the one before without a word', async () => {
    browser.known.clear()
    browser.subscription = null
    expect(await open().read()).toBe('on')
    expect(browser.known.size).toBe(1)
    expect(browser.asked).toBe(1)
  })

  it('adds the address again where the server lost it', async () => {
    const [before] = browser.known
    browser.known.clear()
    expect(await open().read()).toBe('on')
    expect([...browser.known]).toEqual([before])
  })

  it('is off where that is refused, and asks nobody once the permission was taken back', async () => {
    browser.known.clear()
    browser.isRefusing = true
    expect(await open().read()).toBe('off')
    browser.permission = 'default'
    expect(await open().read()).toBe('off')
    expect(browser.asked).toBe(1)
  })

  it('adds nothing any more once it was turned off', async () => {
    await open().turnOff()
    browser.subscription = browser.subscriptionFor(key)
    expect(await open().read()).toBe('off')
    expect(browser.known.size).toBe(0)
  })
})

it('takes what was turned on by an earlier version for wanted', async () => {
  await open().turnOn()
  browser.stored.clear()
  await open().read()
  browser.known.clear()
  expect(await open().read()).toBe('on')
})

it('subscribes anew where the server’s key has changed, in place of the address before', async () => {
  await open().turnOn()
  const [before] = browser.known
  const other = `B${'B'.repeat(85)}A`
  expect(await open(other).read()).toBe('on')
  expect(browser.known.size).toBe(1)
  expect(browser.known.has(before ?? '')).toBe(false)
})
