import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, expect, it } from 'vitest'
import type { ExpoDevice } from './claimed-notification.ts'
import { createExpoPush } from './expo-push.ts'
import { type Letter, writeLetter } from './letter.ts'
import { startExpoService } from './testing/expo-service.ts'

const service = await startExpoService('expo-secret')
afterAll(() => service.close())
afterEach(() => {
  service.received.length = 0
  service.requests.length = 0
  service.complaints.length = 0
})

const expo = createExpoPush({ url: service.url, accessToken: 'expo-secret' })
const letterTo = (address = `ExponentPushToken[${randomUUID()}]`): Letter<ExpoDevice> =>
  writeLetter(
    {
      id: randomUUID(),
      attempt: 1,
      kind: 'track_next',
      topic: 'track_next:room',
      expiresAtInMs: 60_000,
      payload: { slug: 'vinyl-night-0123abcd', title: 'Vinyl night', trackTitle: 'Noche' },
      devices: [],
    },
    { id: randomUUID(), channel: 'expo', address, locale: 'es' },
    0,
  )

it('sends what the service takes, and gets a ticket', async () => {
  const letter = letterTo()
  expect(await expo.send([letter])).toEqual([{ kind: 'sent', ticket: expect.any(String) }])
  expect(service.received).toEqual([
    {
      to: letter.device.address,
      title: 'Tu canción es la siguiente',
      body: 'Noche · Vinyl night',
      data: { id: letter.message.id, topic: 'track_next:room', path: '/s/vinyl-night-0123abcd' },
      ttl: 60,
      priority: 'high',
    },
  ])
  expect(service.complaints).toEqual([])
})

it('sends a hundred in a request, and keeps the order', async () => {
  const letters = Array.from({ length: 230 }, () => letterTo())
  service.fail(letters[150]?.device.address ?? '', 'ticket', 'DeviceNotRegistered')
  const outcomes = await expo.send(letters)
  expect(service.requests).toEqual([100, 100, 30])
  expect(outcomes.flatMap(({ kind }, index) => (kind === 'sent' ? [] : [[index, kind]]))).toEqual([
    [150, 'gone'],
  ])
})

it.each([
  ['DeviceNotRegistered', { kind: 'gone' }],
  ['MessageRateExceeded', { kind: 'later' }],
  ['MessageTooBig', { kind: 'refused', why: 'MessageTooBig' }],
] as const)('understands %s', async (trouble, outcome) => {
  const letter = letterTo()
  service.fail(letter.device.address, 'ticket', trouble)
  expect(await expo.send([letter])).toEqual([outcome])
})

it.each([429, 404, 502])('tries all again later after HTTP %i', async (status) => {
  service.failNext(status)
  expect(await expo.send([letterTo(), letterTo()])).toEqual([{ kind: 'later' }, { kind: 'later' }])
})

it('finds by the receipts who is gone', async () => {
  const letters = [letterTo(), letterTo()]
  service.fail(letters[1]?.device.address ?? '', 'receipt', 'DeviceNotRegistered')
  const outcomes = await expo.send(letters)
  const tickets = outcomes.flatMap((outcome) => (outcome.kind === 'sent' ? [outcome.ticket ?? ''] : []))
  expect(await expo.findGone([...tickets, 'unknown'])).toEqual([tickets[1]])
})

it('is refused without the access token that the service demands', async () => {
  const without = createExpoPush({ url: service.url })
  expect(await without.send([letterTo()])).toEqual([{ kind: 'refused', why: 'HTTP 400' }])
})
