import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ErrorCode } from '@revenuecat/purchases-js'
import { expect, onTestFinished, test } from 'vitest'
import { buyBySdk, sdkFor } from '../testing/buy-by-sdk.ts'
import { press } from '../testing/start-for-test.ts'
import { startFakeRevenueCat } from './start-fake-revenuecat.ts'

const authorization = 'Bearer secret'

/** The fake with a receiver for its notifications; ends with the test. */
async function start({ stateFile }: { stateFile?: string } = {}) {
  const received: { type: string; headers: string | undefined }[] = []
  /** What the next deliveries are answered with, in place of 200. */
  const answers: number[] = []
  const server = createServer(async (request, response) => {
    const body = JSON.parse(Buffer.concat(await request.toArray()).toString())
    const status = answers.shift() ?? 200
    if (status === 200) received.push({ type: body.event.type, headers: request.headers.authorization })
    response.writeHead(status).end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const fake = await startFakeRevenueCat({
    port: 0,
    ...(stateFile ? { stateFile } : {}),
    webhook: { url, authorization, firstRetryInMs: 5 },
  })
  onTestFinished(fake.stop)
  const ask = (id: string, key = 'sk_test', query = '') =>
    fetch(`${fake.url}/v1/subscribers/${id}${query}`, { headers: { authorization: `Bearer ${key}` } })
  const subscriber = async (id: string) => (await (await ask(id)).json()).subscriber
  const types = () => received.map(({ type }) => type)
  return { ...fake, received, answers, ask, subscriber, types }
}

test('sells by the web SDK, and answers and tells what was bought', async () => {
  const { ask, control, received, subscriber, url } = await start()
  expect((await ask('ana')).status).toBe(201)
  expect(await subscriber('ana')).toMatchObject({ entitlements: {}, subscriptions: {}, management_url: null })
  const { customerInfo } = await buyBySdk(url, 'ana')
  expect(Object.keys(customerInfo.entitlements.active)).toEqual(['plus'])
  await control.settled()
  expect((await ask('ana')).status).toBe(200)
  const { entitlements, subscriptions, management_url } = await subscriber('ana')
  expect(entitlements.plus).toMatchObject({ product_identifier: 'plus_monthly' })
  expect(subscriptions.plus_monthly).toMatchObject({ is_sandbox: true, store: 'test_store' })
  expect(received).toEqual([{ type: 'INITIAL_PURCHASE', headers: authorization }])
  await press(management_url, 'happening', 'expire')
  await control.settled()
  const ended = await subscriber('ana')
  expect(Date.parse(ended.entitlements.plus.expires_date)).toBeLessThanOrEqual(Date.now())
  expect(ended.management_url).toBeNull()
  expect(received.at(-1)).toMatchObject({ type: 'EXPIRATION' })
})

test('tells each happening by its name', async () => {
  const { control, types } = await start()
  control.buy('ana')
  for (const happening of ['cancel', 'resume', 'pause', 'billing_issue', 'renew', 'refund'] as const)
    control.happen('ana', happening)
  control.transfer('ana', 'ben')
  await control.settled()
  expect(types().sort()).toEqual(
    [
      ...['INITIAL_PURCHASE', 'CANCELLATION', 'UNCANCELLATION', 'SUBSCRIPTION_PAUSED', 'BILLING_ISSUE'],
      ...['RENEWAL', 'CANCELLATION', 'TRANSFER'],
    ].sort(),
  )
})

test('takes 200 alone for an answer, and no time twice', async () => {
  const { answers, ask, control, types } = await start()
  answers.push(204, 500)
  control.buy('ana')
  await control.settled()
  expect(types()).toEqual(['INITIAL_PURCHASE'])
  const times = await Promise.all(
    [1, 2, 3].map(async () => (await (await ask('ana')).json()).request_date_ms),
  )
  expect(new Set(times).size).toBe(3)
})

test('refuses what it does not know', async () => {
  const { ask, control, url } = await start()
  expect((await ask('ana', 'pk_1')).status).toBe(401)
  expect((await ask('ana', 'sk_1', '?environment=sandbox')).status).toBe(400)
  expect((await fetch(`${url}/v1/offerings`)).status).toBe(404)
  expect((await fetch(`${url}/pay/plus/ana`)).status).toBe(404)
  control.buy('ana')
  expect((await press(`${url}/manage/ana`, 'happening', 'constructor')).status).toBe(400)
  expect((await press(`${url}/manage/ben`, 'happening', 'cancel')).status).toBe(400)
})

test('tells the SDK what is for sale, and refuses in its words', async () => {
  const { control, url } = await start()
  const offering = (await sdkFor(url, 'ana').getOfferings()).current
  expect(offering?.availablePackages.map(({ identifier }) => identifier)).toEqual(['$rc_monthly'])
  expect(offering?.monthly?.webBillingProduct).toMatchObject({
    price: { amountMicros: 4_990_000, currency: 'EUR' },
    period: { number: 1, unit: 'month' },
  })
  control.buy('ana')
  await expect(buyBySdk(url, 'ana')).rejects.toMatchObject({
    errorCode: ErrorCode.ProductAlreadyPurchasedError,
  })
  await expect(sdkFor(url, 'ana', 'rcb_sb_other').getOfferings()).rejects.toMatchObject({
    errorCode: ErrorCode.InvalidCredentialsError,
  })
})

const receipt = {
  fetch_token: 'test_1785087610884_5b1c9a52',
  product_id: 'plus_monthly',
  currency: 'EUR',
  app_user_id: 'ana',
  presented_offering_identifier: 'default',
  presented_placement_identifier: null,
  applied_targeting_rule: null,
  initiation_source: 'purchase',
}

test('takes from a browser what the SDK sends, and nothing else', async () => {
  const { subscriber, url } = await start()
  const sdk = { authorization: 'Bearer test_1', 'x-platform': 'web', 'x-is-sandbox': 'true' }
  const post = async (changes: object, headers: Record<string, string> = sdk) =>
    (
      await fetch(`${url}/v1/receipts`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ ...receipt, ...changes }),
      })
    ).status
  expect(await post({}, { ...sdk, authorization: 'Bearer sk_1' })).toBe(401)
  expect(await post({}, { ...sdk, 'x-is-sandbox': 'false' })).toBe(400)
  expect(await post({ product_id: 'plus_yearly' })).toBe(400)
  expect(await post({ price: 0 })).toBe(400)
  expect((await subscriber('ana')).subscriptions).toEqual({})
  expect(await post({})).toBe(200)
  expect(await post({ app_user_id: 'ben' })).toBe(400)
  expect((await subscriber('ben')).subscriptions).toEqual({})
  const get = async (path: string) => (await fetch(url + path, { headers: sdk })).status
  expect(await get('/v1/subscribers/ana')).toBe(401)
  expect(await get('/v1/subscribers/ana/offerings?currency=USD')).toBe(400)
  expect(await get('/rcbilling/v1/subscribers/ana/products?id=plus_yearly')).toBe(400)
  expect(await get('/rcbilling/v1/branding')).toBe(404)
})

test('lets pages of other origins ask what the SDK asks, and no more', async () => {
  const { url } = await start()
  const preflight = async (path: string) => {
    const origin = 'http://app.test'
    const headers = { origin, 'access-control-request-method': 'POST' }
    return (await fetch(url + path, { method: 'OPTIONS', headers })).headers
  }
  const receipts = await preflight('/v1/receipts')
  expect(receipts.get('access-control-allow-origin')).toBe('*')
  expect(receipts.get('access-control-allow-headers')).toBe(
    'authorization,content-type,x-is-sandbox,x-platform,x-version',
  )
  for (const path of ['/v1/subscribers/ana', '/manage/ana'])
    expect((await preflight(path)).has('access-control-allow-origin')).toBe(false)
  const refused = await fetch(`${url}/v1/receipts`, {
    method: 'POST',
    headers: { origin: 'http://app.test' },
  })
  expect(refused.status).toBe(401)
  expect(refused.headers.get('access-control-allow-origin')).toBe('*')
})

test('knows who bought after a restart', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'test-subscriptions-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const stateFile = path.join(folder, 'state.json')
  const before = await start({ stateFile })
  before.control.hold()
  before.control.buy('ana')
  await before.stop()
  const after = await start({ stateFile })
  expect((await after.subscriber('ana')).entitlements.plus).toBeDefined()
  await after.control.settled()
  expect(after.types()).toEqual(['INITIAL_PURCHASE'])
})
