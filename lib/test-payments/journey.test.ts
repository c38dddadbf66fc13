import { expect, test } from 'vitest'
import { press, startForTest, tipTo } from './testing/start-for-test.ts'

const heading = 'Test payments: no money moves'

test('goes the whole way: account, onboarding, checkout, paid, refunded', async () => {
  const { control, stripe, createAccount, receiver } = await startForTest()
  const { id: account } = await createAccount()
  const link = await stripe.accountLinks.create({
    account,
    type: 'account_onboarding',
    refresh_url: 'http://app.test/again',
    return_url: 'http://app.test/onboarded',
  })
  expect(await (await fetch(link.url)).text()).toContain(heading)
  const onboarded = await press(link.url, 'onboarding', 'complete')
  expect(onboarded.headers.get('location')).toBe('http://app.test/onboarded')
  expect(await stripe.accounts.retrieve(account)).toMatchObject({
    capabilities: { transfers: 'active' },
    details_submitted: true,
    payouts_enabled: true,
    requirements: { currently_due: [] },
  })

  const session = await stripe.checkout.sessions.create(tipTo(account))
  expect(session).toMatchObject({ status: 'open', payment_status: 'unpaid', payment_intent: null })
  expect(session.livemode).toBe(false)
  const checkout = await (await fetch(session.url ?? '')).text()
  expect(checkout).toContain(heading)
  expect(checkout).toContain('Pay 5.00 EUR')
  const paid = await press(session.url, 'card', 'accepted')
  expect(paid.headers.get('location')).toBe(`http://app.test/paid?session=${session.id}`)

  const complete = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ['payment_intent.latest_charge.balance_transaction', 'payment_intent.latest_charge.refunds'],
  })
  expect(complete).toMatchObject({
    status: 'complete',
    payment_status: 'paid',
    client_reference_id: 'tip-1',
    payment_intent: {
      status: 'succeeded',
      metadata: { tip_id: 'tip-1' },
      amount_received: 500,
      application_fee_amount: 50,
      transfer_data: { destination: account },
      latest_charge: { paid: true, balance_transaction: { amount: 500 }, refunds: { data: [] } },
    },
  })

  const login = await stripe.accounts.createLoginLink(account)
  expect(await (await fetch(login.url)).text()).toContain('4.50 EUR')
  const [event] = control.events('checkout.session.completed')
  const intent = String(event?.data.object.payment_intent)
  const refund = await stripe.refunds.create({
    payment_intent: intent,
    reverse_transfer: true,
    refund_application_fee: true,
  })
  expect(refund).toMatchObject({ amount: 500, status: 'succeeded', payment_intent: intent })
  const [charge] = (await stripe.charges.list({ payment_intent: intent, expand: ['data.refunds'] })).data
  expect(charge).toMatchObject({
    refunded: true,
    amount_refunded: 500,
    refunds: { data: [{ id: refund.id }] },
  })
  expect(await (await fetch(login.url)).text()).toContain('0.00 EUR')

  await control.settled()
  expect(receiver.received.map(({ type }) => type).sort()).toEqual([
    'account.updated',
    'application_fee.refunded',
    'charge.refunded',
    'checkout.session.completed',
    'refund.created',
    'refund.updated',
    'transfer.reversed',
  ])
})

test('keeps everything due where the onboarding is left, and opens a link once', async () => {
  const { stripe, createAccount } = await startForTest()
  const { id: account } = await createAccount()
  const link = await stripe.accountLinks.create({
    account,
    type: 'account_onboarding',
    refresh_url: 'http://app.test/again',
    return_url: 'http://app.test/onboarded',
  })
  await fetch(link.url)
  const second = await fetch(link.url, { redirect: 'manual' })
  expect(second.headers.get('location')).toBe('http://app.test/again')
  await press(link.url, 'onboarding', 'incomplete')
  const { details_submitted, requirements } = await stripe.accounts.retrieve(account)
  expect(details_submitted).toBe(false)
  expect(requirements?.currently_due).toContain('external_account')
  await expect(stripe.checkout.sessions.create(tipTo(account))).rejects.toMatchObject({
    code: 'insufficient_capabilities_for_transfer',
  })
  await expect(stripe.accounts.createLoginLink(account)).rejects.toMatchObject({ statusCode: 400 })
})

test('lets somebody whose card is declined try again', async () => {
  const { control, stripe, tip } = await startForTest()
  const session = await stripe.checkout.sessions.create(await tip())
  const declined = await press(session.url, 'card', 'declined')
  expect(await declined.text()).toContain('Your card was declined.')
  const [failed] = control.events('payment_intent.payment_failed')
  expect(failed?.data.object).toMatchObject({
    status: 'requires_payment_method',
    last_payment_error: { code: 'card_declined' },
    metadata: { tip_id: 'tip-1' },
  })
  await press(session.url, 'card', 'accepted')
  const { data } = await stripe.charges.list({ payment_intent: String(failed?.data.object.id) })
  expect(data.map(({ status }) => status)).toEqual(['succeeded', 'failed'])
})

test('takes no money for a session that is over', async () => {
  const { control, stripe, tip } = await startForTest()
  const session = await stripe.checkout.sessions.create(await tip())
  await stripe.checkout.sessions.expire(session.id)
  expect(await (await press(session.url, 'card', 'accepted')).text()).toContain('not made in time')
  expect(control.events().map(({ type }) => type)).toEqual(['account.updated', 'checkout.session.expired'])
})

test('takes back what was sent on only where that is asked for', async () => {
  const { control, stripe, tip } = await startForTest()
  const { id } = await stripe.checkout.sessions.create(await tip())
  const charge = control.pay(id)
  const transfer = async () => (await stripe.charges.retrieve(charge, { expand: ['transfer'] })).transfer
  await stripe.refunds.create({ charge, amount: 100 })
  expect(await transfer()).toMatchObject({ object: 'transfer', amount: 500, amount_reversed: 0 })
  await stripe.refunds.create({ charge, amount: 150, reverse_transfer: true })
  expect(await transfer()).toMatchObject({ amount: 500, amount_reversed: 150, reversed: false })
})

test('refunds nothing that is in dispute', async () => {
  const { control, stripe, tip } = await startForTest()
  const { id } = await stripe.checkout.sessions.create(await tip())
  const charge = control.pay(id)
  const dispute = control.openDispute(charge)
  expect(await stripe.disputes.retrieve(dispute)).toMatchObject({ status: 'needs_response', charge })
  await expect(stripe.refunds.create({ charge })).rejects.toMatchObject({ code: 'charge_disputed' })
  control.closeDispute(dispute, 'won')
  expect(await stripe.refunds.create({ charge })).toMatchObject({ amount: 500 })
  expect(control.events().map(({ type }) => type)).toContain('charge.dispute.closed')
})

test('refunds what a bank only asks about, and nothing once it takes the money', async () => {
  const { control, stripe, tip } = await startForTest()
  const { id } = await stripe.checkout.sessions.create(await tip())
  const charge = control.pay(id)
  const inquiry = control.openDispute(charge, { isInquiry: true })
  expect(await stripe.disputes.retrieve(inquiry)).toMatchObject({ status: 'warning_needs_response' })
  expect(await stripe.refunds.create({ charge, amount: 100 })).toMatchObject({ amount: 100 })
  control.escalateInquiry(inquiry)
  await expect(stripe.refunds.create({ charge })).rejects.toMatchObject({ code: 'charge_disputed' })
  const told = control.events().flatMap(({ type }) => (type.startsWith('charge.dispute.') ? [type] : []))
  expect(told).toEqual(['created', 'updated', 'funds_withdrawn'].map((what) => `charge.dispute.${what}`))
})

test('charges a fee for a dispute when the bank takes the money, and gives it back only where that is agreed', async () => {
  const { control, stripe, tip } = await startForTest()
  const { id } = await stripe.checkout.sessions.create(await tip())
  const charge = control.pay(id)
  const moved = async (dispute: string) =>
    (await stripe.disputes.retrieve(dispute)).balance_transactions.map(({ amount, fee, net }) => [
      amount,
      fee,
      net,
    ])
  const inquiry = control.openDispute(charge, { isInquiry: true })
  expect(await moved(inquiry)).toEqual([])
  control.escalateInquiry(inquiry)
  expect(await moved(inquiry)).toEqual([[-500, 1_500, -2_000]])
  control.closeDispute(inquiry, 'won')
  expect(await moved(inquiry)).toEqual([
    [-500, 1_500, -2_000],
    [500, 0, 500],
  ])
  const second = control.openDispute(charge, { amountInMinorUnits: 200 })
  control.closeDispute(second, 'won', { returnsFee: true })
  expect(await moved(second)).toEqual([
    [-200, 1_500, -1_700],
    [200, -1_500, 1_700],
  ])
  const third = control.openDispute(charge)
  control.closeDispute(third, 'lost')
  expect(await moved(third)).toEqual([[-500, 1_500, -2_000]])
})

test('lets a bank take a part, and come again after it was decided', async () => {
  const { control, stripe, tip } = await startForTest()
  const { id } = await stripe.checkout.sessions.create(await tip())
  const charge = control.pay(id)
  const first = control.openDispute(charge, { amountInMinorUnits: 200 })
  expect(() => control.openDispute(charge)).toThrow(/cannot be disputed/)
  control.closeDispute(first, 'won')
  control.openDispute(charge)
  const payment = { payment_intent: String((await stripe.charges.retrieve(charge)).payment_intent) }
  expect((await stripe.disputes.list(payment)).data).toMatchObject([
    { amount: 500, status: 'needs_response' },
    { amount: 200, status: 'won' },
  ])
})

test('takes a refund that fails back to the platform, and no more from the account for another one', async () => {
  const { control, stripe, tip } = await startForTest()
  const { id } = await stripe.checkout.sessions.create(await tip())
  const charge = control.pay(id)
  const refund = await stripe.refunds.create({ charge, reverse_transfer: true })
  control.failRefund(refund.id)
  expect(await stripe.charges.retrieve(charge, { expand: ['transfer', 'refunds'] })).toMatchObject({
    ...{ amount_refunded: 0, refunded: false },
    transfer: { amount_reversed: 500 },
    refunds: { data: [{ id: refund.id, status: 'failed' }] },
  })
  expect(control.events('refund.failed')).toHaveLength(1)
  await expect(stripe.refunds.create({ charge, reverse_transfer: true })).rejects.toMatchObject({
    param: 'reverse_transfer',
  })
  expect(await stripe.refunds.create({ charge })).toMatchObject({ amount: 500, status: 'succeeded' })
})

test('lists sessions by time, page by page, newest first', async () => {
  const { stripe, tip } = await startForTest()
  const wish = await tip()
  const ids: string[] = []
  for (let index = 0; index < 3; index++) ids.unshift((await stripe.checkout.sessions.create(wish)).id)
  const found: string[] = []
  const anHourAgo = Math.floor(Date.now() / 1000) - 3600
  for await (const { id } of stripe.checkout.sessions.list({ limit: 2, created: { gte: anHourAgo } }))
    found.push(id)
  expect(found).toEqual(ids)
  expect((await stripe.checkout.sessions.list({ created: { lt: anHourAgo } })).data).toEqual([])
})
