import Stripe from 'stripe'
import { expect, test } from 'vitest'
import { lineItem, startForTest } from './testing/start-for-test.ts'

const now = () => Math.floor(Date.now() / 1000)

test.each([
  ['an unknown parameter', { payment_method_types: ['card'] }, 'parameter_unknown', 'payment_method_types'],
  [
    'an unknown nested parameter',
    { line_items: [{ ...lineItem(500, 'eur'), colour: 'red' }] },
    'parameter_unknown',
    'line_items[0][colour]',
  ],
  ['no line items', { line_items: undefined }, 'parameter_missing', 'line_items'],
  [
    'a fraction',
    { line_items: [lineItem(5.5, 'eur')] },
    'parameter_invalid_integer',
    'line_items[0][price_data][unit_amount]',
  ],
  ['an empty text', { client_reference_id: '' }, 'parameter_invalid_empty', 'client_reference_id'],
  ['no address', { success_url: 'paid' }, 'url_invalid', 'success_url'],
  [
    'capital letters',
    { line_items: [lineItem(500, 'EUR')] },
    undefined,
    'line_items[0][price_data][currency]',
  ],
  ['less than the least', { line_items: [lineItem(49, 'eur')] }, 'amount_too_small', undefined],
  ['less than the least yen', { line_items: [lineItem(49, 'jpy')] }, 'amount_too_small', undefined],
  ['an expiry too near', { expires_at: now() + 29 * 60 }, undefined, 'expires_at'],
  ['an expiry too far', { expires_at: now() + 25 * 3600 }, undefined, 'expires_at'],
  [
    'a fee without destination',
    { payment_intent_data: { application_fee_amount: 1 } },
    undefined,
    /fee_amount/,
  ],
  [
    'a destination that is none',
    { payment_intent_data: { transfer_data: { destination: 'acct_1' } } },
    'resource_missing',
    /destination/,
  ],
])('refuses %s', async (_, changes: object, code, param) => {
  const { stripe, tip } = await startForTest()
  const refusal = await stripe.checkout.sessions
    .create({ ...(await tip()), ...changes })
    .catch((error) => error)
  expect(refusal).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError)
  expect(refusal.code).toBe(code)
  if (param) expect(refusal.param).toMatch(param)
  expect(refusal.requestId).toMatch(/^req_/)
})

test('refuses a fee above the amount, and takes one that equals it', async () => {
  const { stripe, tip } = await startForTest()
  const wish = await tip()
  const withFee = (fee: number) => ({
    ...wish,
    payment_intent_data: { ...wish.payment_intent_data, application_fee_amount: fee },
  })
  await expect(stripe.checkout.sessions.create(withFee(501))).rejects.toMatchObject({ statusCode: 400 })
  await stripe.checkout.sessions.create(withFee(500))
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
  await expect(stripe.accounts.retrieve('acct_1')).rejects.toMatchObject({ code: 'account_invalid' })
  await expect(stripe.balance.retrieve()).rejects.toMatchObject({ statusCode: 404 })
  await expect(stripe.refunds.create({ charge: 'constructor' })).rejects.toMatchObject({ statusCode: 404 })
})
