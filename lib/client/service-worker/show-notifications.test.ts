import { beforeEach, expect, it, vi } from 'vitest'
import { showNotifications } from './show-notifications.ts'

type Shown = { title: string; options: NotificationOptions & { renotify: boolean } }

/** What a browser gives a service worker, as far as notifications go. */
class Scope extends EventTarget {
  readonly shown: Shown[] = []
  windows: { url: string; focus: () => Promise<void> }[] = []
  readonly location = { origin: 'https://sound.example' }
  readonly navigator = { language: 'es-MX' }
  readonly openWindow = vi.fn(async (_url: string) => null)
  readonly clients = { matchAll: async () => this.windows, openWindow: this.openWindow }
  readonly subscribe = vi.fn(async (_options: unknown) => subscription('https://push.example/new'))
  readonly registration = {
    getNotifications: async ({ tag }: { tag: string }) =>
      this.shown.flatMap(({ options }) => (options.tag === tag ? [options] : [])),
    showNotification: async (title: string, options: Shown['options']) => {
      // As the platform has it: a tag's newest takes the place of the one before.
      const others = this.shown.filter((shown) => shown.options.tag !== options.tag)
      this.shown.splice(0, Infinity, ...others, { title, options })
    },
    pushManager: { subscribe: this.subscribe },
  }

  /** Dispatches an event and waits for what was to be waited for. */
  async fire(type: string, fields: object): Promise<void> {
    const work: Promise<unknown>[] = []
    const event = Object.assign(
      new Event(type),
      { waitUntil: (done: Promise<unknown>) => work.push(done) },
      fields,
    )
    this.dispatchEvent(event)
    await Promise.all(work)
  }
}

const subscription = (endpoint: string) => ({
  endpoint,
  options: { userVisibleOnly: true, applicationServerKey: new ArrayBuffer(65) },
  toJSON: () => ({ endpoint, keys: { p256dh: 'B'.repeat(87), auth: 'a'.repeat(22) } }),
})
const message = {
  id: '1',
  topic: 'dj_live:marta',
  title: 'Marta is live',
  body: 'Night',
  path: '/s/night',
  locale: 'en',
}
const push = (fields: object = {}) => ({ data: { json: () => ({ ...message, ...fields }) } })

let scope: Scope
beforeEach(() => {
  scope = new Scope()
  showNotifications(scope as unknown as ServiceWorkerGlobalScope)
})

it('shows what comes, in its language', async () => {
  await scope.fire('push', push())
  expect(scope.shown).toMatchObject([
    { title: 'Marta is live', options: { body: 'Night', lang: 'en', tag: message.topic, renotify: true } },
  ])
})

it('shows the newest of a topic, and rings again for it', async () => {
  await scope.fire('push', push())
  await scope.fire('push', push({ id: '2', title: 'Marta is live again' }))
  expect(scope.shown).toMatchObject([{ title: 'Marta is live again', options: { renotify: true } }])
})

it('does not ring twice for what comes twice', async () => {
  await scope.fire('push', push())
  await scope.fire('push', push())
  expect(scope.shown).toMatchObject([{ options: { renotify: false } }])
})

it.each([
  { data: null },
  {
    data: {
      json: () => {
        throw new SyntaxError('no JSON')
      },
    },
  },
  push({ path: '//evil.example/' }),
  push({ path: 'https://evil.example/' }),
  push({ title: undefined }),
])('shows nothing of what is no message of ours', async (event) => {
  await scope.fire('push', event)
  expect(scope.shown).toEqual([])
})

it('goes to the window that is there, and leads no other away', async () => {
  const focus = vi.fn(async () => {})
  const close = vi.fn()
  const tap = { notification: { close, data: { path: '/s/night' } } }
  scope.windows = [{ url: 'https://sound.example/s/other', focus }]
  await scope.fire('notificationclick', tap)
  expect(scope.openWindow).toHaveBeenCalledWith('https://sound.example/s/night')
  expect(focus).not.toHaveBeenCalled()
  scope.windows.push({ url: 'https://sound.example/s/night?debug', focus })
  await scope.fire('notificationclick', tap)
  expect(focus).toHaveBeenCalledOnce()
  expect(scope.openWindow).toHaveBeenCalledOnce()
  expect(close).toHaveBeenCalledTimes(2)
})

it('tells the server when the browser’s address changes', async () => {
  const fetched = vi.spyOn(globalThis, 'fetch').mockResolvedValue(Response.json({ added: true }))
  await scope.fire('pushsubscriptionchange', { oldSubscription: subscription('https://push.example/old') })
  expect(scope.subscribe).toHaveBeenCalledWith(expect.objectContaining({ userVisibleOnly: true }))
  const [path, init] = fetched.mock.calls[0] ?? []
  expect(path).toBe('/api/notifications/devices')
  expect(JSON.parse(String(init?.body))).toMatchObject({
    channel: 'web',
    endpoint: 'https://push.example/new',
    replaces: 'https://push.example/old',
    locale: 'es',
  })
})
