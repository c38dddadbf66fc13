import Stripe from 'stripe'
import { expect, test } from 'vitest'
import { lineItem, startForTest } from './testing/start-for-test.ts'

// With which code Stripe refuses these, or whether it is as strict, no document says.
test.each([
  ['no line items', { line_items: undefined }, 'parameter_missing', 'line_items'],
  [
    'capital letters',
    { line_items: [lineItem(500, 'EUR')] },
    undefined,
    'line_items[0][price_data][currency]',
  ],
  [
    'a fee without destination',
    { payment_intent_data: { application_fee_amount: 1 } },
    undefined,
    'payment_intent_data[application_fee_amount]',
  ],
  [
    'a destination that is none',
    { payment_intent_data: { transfer_data: { destination: 'acct_1' } } },
    'resource_missing',
    'payment_intent_data[transfer_data][destination]',
  ],
])('refuses %s', async (_, changes: object, code, param) => {
  const { stripe, tip } = await startForTest()
  await expect(stripe.checkout.sessions.create({ ...(await tip()), ...changes })).rejects.toMatchObject({
    code,
    param,
  })
})

test('takes a fee that equals the amount', async () => {
  const { stripe, tip } = await startForTest()
  const wish = await tip()
  const payment_intent_data = { ...wish.payment_intent_data, application_fee_amount: 500 }
  await stripe.checkout.sessions.create({ ...wish, payment_intent_data })
})

test('takes yen without decimals', async () => {
  const { stripe, tip } = await startForTest()
  const session = await stripe.checkout.sessions.create(await tip({ line_items: [lineItem(500, 'jpy')] }))
  expect(await (await fetch(session.url ?? '')).text()).toContain('Pay 500 JPY')
})

test('knows test keys, its own version and its own objects', async () => {
  const { fake, stripe } = await startForTest()
  const ask = (key: string, version: string) =>
    fetch(`${fake.url}/v1/refunds/re_1`, {
      headers: { authorization: `Bearer ${key}`, 'stripe-version': version },
    })
  expect((await ask('sk_live_123', Stripe.API_VERSION)).status).toBe(401)
  expect((await ask('sk_test_123', '2020-08-27')).status).toBe(400)
  expect((await ask('sk_test_123', Stripe.API_VERSION)).status).toBe(404)
  await expect(stripe.balance.retrieve()).rejects.toMatchObject({ statusCode: 404 })
  await expect(stripe.refunds.create({ charge: 'constructor' })).rejects.toMatchObject({ statusCode: 404 })
})
