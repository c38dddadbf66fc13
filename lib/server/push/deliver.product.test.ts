import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import postgres from 'postgres'
import { afterAll, beforeEach, expect, inject, it } from 'vitest'
import webPush from 'web-push'
import { parseServerEnv } from '#lib/env/server.ts'
import { enterAs, mustCall } from '#lib/testing/people.ts'
import { type Rpc, serviceDb } from '../db/clients.ts'
import { askReceipts, type DeliverDeps, deliverNotifications } from './deliver.ts'
import { createExpoPush } from './expo-push.ts'
import { addPushDevice, findPushDevice } from './notification-settings.ts'
import { createOutbox } from './outbox.ts'
import { createPushHostCheck } from './push-hosts.ts'
import { startExpoService } from './testing/expo-service.ts'
import { startPushService } from './testing/push-service.ts'
import { createSendWebPush } from './web-push.ts'

const stack = inject('supabase')
const env = parseServerEnv({
  SUPABASE_URL: stack.url,
  SUPABASE_PUBLISHABLE_KEY: stack.publishableKey,
  SUPABASE_SECRET_KEY: stack.secretKey,
})
const vapid = { ...webPush.generateVAPIDKeys(), subject: 'mailto:push@sound.example' }
const service = await startPushService()
const expoService = await startExpoService('expo-secret')
const sql = postgres(stack.dbUrl, { max: 1, onnotice: () => {} })
afterAll(() => Promise.all([service.close(), expoService.close(), sql.end()]))

/** Two workers. */
const [worker, other] = [1, 2].map(
  (): DeliverDeps => ({
    outbox: createOutbox(serviceDb(env)),
    sendWebPush: createSendWebPush({ vapid, mayBeSentTo: createPushHostCheck([service.origin]) }),
    expo: createExpoPush({ url: expoService.url, accessToken: 'expo-secret' }),
    log: pino({ level: 'silent' }),
    random: () => 0.5,
  }),
) as [DeliverDeps, DeliverDeps]

type Guest = Awaited<ReturnType<typeof enterAs>>
let dj: Guest
let ana: Guest
beforeEach(async () => {
  ;[dj, ana] = await Promise.all([enterAs('Marta'), enterAs('Ana')])
  await follow(ana)
  service.received.length = 0
})

const follow = (who: Guest) =>
  sql`insert into follows (follower_id, followed_id) values (${who.id}, ${dj.id})`
const goLive = (title = 'Vinyl night') => mustCall(dj.db, 'create_session', { p_title: title })
const rpc = (who: Guest) => who.db as unknown as Rpc
const addBrowser = async (who: Guest) => {
  const subscription = service.subscribe(vapid.publicKey)
  await addPushDevice(rpc(who), { channel: 'web', locale: 'en', ...subscription }, [service.origin])
  return subscription
}
const addApp = async (who: Guest) => {
  const token = `ExponentPushToken[${randomUUID()}]`
  await addPushDevice(rpc(who), { channel: 'expo', token, locale: 'es' }, [])
  return token
}
const isKnown = async (who: Guest, address: string) => (await findPushDevice(rpc(who), address)).known
/** When the one notification that waits may be tried again, in seconds from now. */
const dueInSeconds = async () => {
  const [row] = await sql<{ seconds: number }[]>`
    select extract(epoch from due_at - now())::float8 as seconds from private.notifications where settled_at is null`
  return row?.seconds
}
const letTimePass = () => sql`update private.notifications set due_at = now() where settled_at is null`

it('reaches every device of a person once, however many workers there are', async () => {
  const people = await Promise.all(Array.from({ length: 8 }, (_, index) => enterAs(`Fan ${index}`)))
  for (const who of people) await follow(who)
  await Promise.all([...people, ana].map(addBrowser))
  const second = await addBrowser(ana)
  const token = await addApp(ana)
  await goLive()
  await Promise.all([worker, other, worker, other].map(deliverNotifications))
  await Promise.all([worker, other].map(deliverNotifications))
  const endpoints = service.received.map(({ endpoint }) => endpoint)
  expect(endpoints).toHaveLength(10)
  expect(new Set(endpoints).size).toBe(10)
  expect(endpoints).toContain(second.endpoint)
  expect(expoService.received.filter(({ to }) => to === token)).toMatchObject([
    { title: 'Marta está en el aire' },
  ])
  expect([...service.complaints, ...expoService.complaints]).toEqual([])
})

it.each([404, 410])(
  'forgets a browser whose service answers %i, and still reaches the others',
  async (status) => {
    const [dead, alive] = [await addBrowser(ana), await addBrowser(ana)]
    service.answerNext(dead, { status })
    await goLive()
    await deliverNotifications(worker)
    expect(service.received.map(({ endpoint }) => endpoint)).toEqual([alive.endpoint])
    expect(await isKnown(ana, dead.endpoint)).toBe(false)
    expect(await isKnown(ana, alive.endpoint)).toBe(true)
  },
)

it('comes back to a service that is busy when it says so, and to that device alone', async () => {
  const [busy, ready] = [await addBrowser(ana), await addBrowser(ana)]
  service.answerNext(busy, { status: 429, headers: { 'retry-after': '90' } }, { status: 503 })
  await goLive()
  await deliverNotifications(worker)
  expect(await dueInSeconds()).toBeCloseTo(90, 0)
  await deliverNotifications(other)
  expect(service.received.map(({ endpoint }) => endpoint)).toEqual([ready.endpoint])
  await letTimePass()
  await deliverNotifications(other)
  expect(await dueInSeconds()).toBeCloseTo(10, 0)
  await letTimePass()
  await deliverNotifications(worker)
  expect(service.received.map(({ endpoint }) => endpoint)).toEqual([ready.endpoint, busy.endpoint])
  expect(await dueInSeconds()).toBeUndefined()
})

it('forgets an app that Expo no longer knows, at once or by the receipt', async () => {
  const [unknown, uninstalled] = [await addApp(ana), await addApp(ana)]
  expoService.fail(unknown, 'ticket', 'DeviceNotRegistered')
  expoService.fail(uninstalled, 'receipt', 'DeviceNotRegistered')
  await goLive()
  await deliverNotifications(worker)
  expect(await isKnown(ana, unknown)).toBe(false)
  await askReceipts(worker)
  expect(await isKnown(ana, uninstalled)).toBe(true)
  await sql`update private.push_receipts set ask_at = now()`
  await askReceipts(other)
  expect(await isKnown(ana, uninstalled)).toBe(false)
})

it('adds no browser whose push service is not on the list', async () => {
  const attempt = addPushDevice(
    rpc(ana),
    { channel: 'web', locale: 'en', ...service.subscribe(vapid.publicKey) },
    undefined,
  )
  await expect(attempt).rejects.toMatchObject({ code: 'push_service_unknown' })
})
