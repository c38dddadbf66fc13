import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, expect, it } from 'vitest'
import webPush from 'web-push'
import type { WebDevice } from './claimed-notification.ts'
import { type Letter, writeLetter } from './letter.ts'
import { createPushHostCheck } from './push-hosts.ts'
import { startPushService, type TestSubscription } from './testing/push-service.ts'
import { createSendWebPush } from './web-push.ts'

const vapid = { ...webPush.generateVAPIDKeys(), subject: 'mailto:push@sound.example' }
const service = await startPushService()
afterAll(() => service.close())
afterEach(() => {
  service.received.length = 0
  service.complaints.length = 0
})

const send = createSendWebPush({ vapid, mayBeSentTo: createPushHostCheck([service.origin]) })
const letterTo = (
  { endpoint: address, keys }: TestSubscription,
  { locale = 'en', title = 'Vinyl night' }: { locale?: 'es' | 'en'; title?: string } = {},
): Letter<WebDevice> =>
  writeLetter(
    {
      id: randomUUID(),
      attempt: 1,
      kind: 'dj_live',
      topic: 'dj_live:marta',
      expiresAtInMs: 3_600_000,
      payload: { slug: 'vinyl-night-0123abcd', title, djName: 'Marta' },
      devices: [],
    },
    { id: randomUUID(), channel: 'web', address, ...keys, locale },
    0,
  )

it('encrypts for the browser and signs for the service, which finds nothing to complain about', async () => {
  const subscription = service.subscribe(vapid.publicKey)
  const letter = letterTo(subscription)
  expect(await send(letter)).toEqual({ kind: 'sent' })
  expect(service.complaints).toEqual([])
  expect(service.received).toEqual([
    {
      endpoint: subscription.endpoint,
      message: {
        id: letter.message.id,
        topic: 'dj_live:marta',
        locale: 'en',
        title: 'Marta is live',
        body: 'Vinyl night',
        path: '/s/vinyl-night-0123abcd',
      },
      ttlInSeconds: 3_600,
      urgency: 'normal',
      topic: expect.stringMatching(/^[\w-]{32}$/),
      subject: vapid.subject,
    },
  ])
})

it('speaks the device’s language, and takes the longest title there is', async () => {
  const title = '🎛'.repeat(80)
  expect(await send(letterTo(service.subscribe(vapid.publicKey), { locale: 'es', title }))).toEqual({
    kind: 'sent',
  })
  expect(service.received[0]?.message).toMatchObject({
    title: 'Marta está en el aire',
    body: title,
    locale: 'es',
  })
})

it('gives the same topic to what is on the same topic, so that the service keeps the newest alone', async () => {
  const subscription = service.subscribe(vapid.publicKey)
  await send(letterTo(subscription))
  await send(letterTo(subscription, { title: 'Second set' }))
  const topics = service.received.map(({ topic }) => topic)
  expect(topics[0]).toBe(topics[1])
})

it.each([
  [404, {}, { kind: 'gone' }],
  [410, {}, { kind: 'gone' }],
  [429, { 'retry-after': '120' }, { kind: 'later', notBeforeInMs: 120_000 }],
  [429, {}, { kind: 'later' }],
  [503, {}, { kind: 'later' }],
  [413, {}, { kind: 'refused', why: 'HTTP 413' }],
  [403, {}, { kind: 'refused', why: 'HTTP 403' }],
])('understands %i with %o', async (status, headers, outcome) => {
  const subscription = service.subscribe(vapid.publicKey)
  service.answerNext(subscription, { status, headers: headers as Record<string, string> })
  expect(await send(letterTo(subscription))).toEqual(outcome)
})

it('takes a date for when to come back', async () => {
  const subscription = service.subscribe(vapid.publicKey)
  const inAMinute = new Date(Date.now() + 60_000).toUTCString()
  service.answerNext(subscription, { status: 429, headers: { 'retry-after': inAMinute } })
  const outcome = await send(letterTo(subscription))
  expect(outcome).toMatchObject({
    kind: 'later',
    notBeforeInMs: expect.toSatisfy((ms: number) => ms > 50_000),
  })
})

it('does not follow where a service leads', async () => {
  const subscription = service.subscribe(vapid.publicKey)
  const other = service.subscribe(vapid.publicKey)
  service.answerNext(subscription, { status: 307, headers: { location: other.endpoint } })
  expect(await send(letterTo(subscription))).toEqual({ kind: 'refused', why: 'HTTP 307' })
  expect(service.received).toEqual([])
})

it('is refused with the key of another server', async () => {
  const subscription = service.subscribe(webPush.generateVAPIDKeys().publicKey)
  expect(await send(letterTo(subscription))).toEqual({ kind: 'refused', why: 'HTTP 403' })
  expect(service.complaints).toHaveLength(1)
})

it('sends nothing to an address that is no push service’s, to keys that are none, or without keys of its own', async () => {
  const subscription = service.subscribe(vapid.publicKey)
  const unlisted = createSendWebPush({ vapid, mayBeSentTo: createPushHostCheck() })
  expect(await unlisted(letterTo(subscription))).toEqual({ kind: 'gone' })
  const noKeys = { ...subscription, keys: { p256dh: 'A'.repeat(87), auth: subscription.keys.auth } }
  expect(await send(letterTo(noKeys))).toEqual({ kind: 'gone' })
  const off = createSendWebPush({ vapid: null, mayBeSentTo: () => true })
  expect(await off(letterTo(subscription))).toMatchObject({ kind: 'refused' })
  expect(service.received).toEqual([])
})

it('tries again later where nobody answers', async () => {
  const closed = await startPushService()
  const subscription = closed.subscribe(vapid.publicKey)
  await closed.close()
  const sendThere = createSendWebPush({ vapid, mayBeSentTo: createPushHostCheck([closed.origin]) })
  expect(await sendThere(letterTo(subscription))).toEqual({ kind: 'later' })
})
