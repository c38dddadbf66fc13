import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
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

test('sells on its page, and answers and tells what was bought', async () => {
  const { ask, control, purchaseLink, received, subscriber } = await start()
  expect((await ask('ana')).status).toBe(201)
  expect(await subscriber('ana')).toMatchObject({ entitlements: {}, subscriptions: {}, management_url: null })
  expect(await (await fetch(`${purchaseLink}/ana`)).text()).toContain('Subscribe for')
  await press(`${purchaseLink}/ana`, 'buy', '')
  await control.settled()
  expect((await ask('ana')).status).toBe(200)
  const { entitlements, subscriptions, management_url } = await subscriber('ana')
  expect(entitlements.plus).toMatchObject({ product_identifier: 'plus_monthly' })
  expect(subscriptions.plus_monthly).toMatchObject({ is_sandbox: true, store: 'rc_billing' })
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
  const { ask, control, purchaseLink, url } = await start()
  expect((await ask('ana', 'pk_1')).status).toBe(401)
  expect((await ask('ana', 'sk_1', '?environment=sandbox')).status).toBe(400)
  expect((await fetch(`${url}/v1/offerings`)).status).toBe(404)
  expect((await fetch(`${url}/pay/other/ana`)).status).toBe(404)
  control.buy('ana')
  expect((await press(`${purchaseLink}/ana`, 'buy', '')).status).toBe(400)
  expect((await press(`${url}/manage/ana`, 'happening', 'constructor')).status).toBe(400)
  expect((await press(`${url}/manage/ben`, 'happening', 'cancel')).status).toBe(400)
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
