import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { lookUpPerson } from './look-up-person.ts'

const appUserId = '5b1c9a52-0000-4000-8000-00000000000a'

/** RevenueCat with one thing to say, and what it was asked. */
async function saying(status: number, body: unknown) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization}`)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const access = { apiUrl, publicApiUrl: apiUrl, secretKey: 'sk_1', webhookAuthorization: '', webKey: '' }
  return { asked, lookUp: () => lookUpPerson(access, appUserId) }
}

/** As documented (revenuecat.com/docs/api-v1/customers), with more in it than is read. */
const answer = (subscriber: object) => ({
  request_date: '2026-07-26T17:40:10Z',
  request_date_ms: 1_785_087_610_884,
  subscriber: {
    entitlements: {},
    first_seen: '2026-02-21T00:08:41Z',
    management_url: null,
    non_subscriptions: {},
    original_app_user_id: appUserId,
    original_purchase_date: '2026-01-30T23:54:10Z',
    other_purchases: {},
    subscriptions: {},
    ...subscriber,
  },
})
const plus = (changes: object) => ({
  expires_date: null,
  grace_period_expires_date: null,
  product_identifier: 'monthly',
  purchase_date: '2026-04-05T21:52:45Z',
  ...changes,
})

test('asks for the person by their id, and finds nothing where they bought nothing', async () => {
  const { asked, lookUp } = await saying(201, answer({}))
  expect(await lookUp()).toMatchObject({ appUserId, productId: null, lookedUpAt: 1_785_087_610_884 })
  expect(asked).toEqual([`GET /v1/subscribers/${appUserId} Bearer sk_1`])
})

test('reads a subscription that is on its way to its end', async () => {
  const { lookUp } = await saying(
    200,
    answer({
      management_url: 'https://pay.rev.cat/manage',
      entitlements: {
        plus: plus({
          expires_date: '2026-08-14T21:07:40Z',
          grace_period_expires_date: '2026-08-20T21:07:40.500Z',
        }),
        other: plus({ product_identifier: 'lifetime' }),
      },
      subscriptions: {
        monthly: {
          auto_resume_date: null,
          billing_issues_detected_at: '2026-08-14T21:07:41Z',
          expires_date: '2026-08-14T21:07:40Z',
          is_sandbox: false,
          ownership_type: 'PURCHASED',
          purchase_date: '2026-07-14T20:07:40Z',
          refunded_at: null,
          store: 'rc_billing',
          unsubscribe_detected_at: '2026-07-17T22:48:38Z',
        },
      },
    }),
  )
  expect(await lookUp()).toEqual({
    appUserId,
    customerId: appUserId,
    productId: 'monthly',
    store: 'rc_billing',
    isSandbox: false,
    purchasedAt: Date.parse('2026-04-05T21:52:45Z'),
    expiresAt: Date.parse('2026-08-14T21:07:40Z'),
    graceEndsAt: Date.parse('2026-08-20T21:07:40.500Z'),
    refundedAt: null,
    cancelledAt: Date.parse('2026-07-17T22:48:38Z'),
    billingIssueAt: Date.parse('2026-08-14T21:07:41Z'),
    resumesAt: null,
    managementUrl: 'https://pay.rev.cat/manage',
    lookedUpAt: 1_785_087_610_884,
  })
})

test('reads what was bought once and for all', async () => {
  const purchase = { id: 'a', is_sandbox: true, purchase_date: '2026-04-05T21:52:45Z', store: 'app_store' }
  const { lookUp } = await saying(
    200,
    answer({
      entitlements: { plus: plus({ product_identifier: 'lifetime' }) },
      non_subscriptions: { lifetime: [{ ...purchase, is_sandbox: false }, purchase] },
    }),
  )
  expect(await lookUp()).toMatchObject({ productId: 'lifetime', isSandbox: true, expiresAt: null })
})

test('does not know where it is real what it says nothing about', async () => {
  const { lookUp } = await saying(200, answer({ entitlements: { plus: plus({}) } }))
  expect(await lookUp()).toMatchObject({ productId: 'monthly', isSandbox: null })
})

test.each([
  ['refuses', 401, { code: 7225, message: 'Invalid API key.' }],
  ['is busy', 429, {}],
  ['fails', 500, {}],
  ['says something else', 200, { subscriber: {} }],
])('finds nothing out where RevenueCat %s', async (_, status, body) => {
  const { lookUp } = await saying(status, body)
  await expect(lookUp()).rejects.toMatchObject({ code: 'unavailable' })
})
