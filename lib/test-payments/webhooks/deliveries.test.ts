import Stripe from 'stripe'
import { expect, test } from 'vitest'
import { startForTest } from '../testing/start-for-test.ts'

/** The fake with what happened before already delivered, and a charge that can be refunded. */
async function startCharge() {
  const started = await startForTest()
  const { control, stripe, tip, receiver } = started
  const { id } = await stripe.checkout.sessions.create(await tip())
  const charge = control.pay(id)
  await control.settled()
  return { ...started, charge, types: () => receiver.received.map(({ type }) => type) }
}

test('signs so that the SDK knows an event, and knows what was tampered with', async () => {
  const { receiver } = await startCharge()
  const [account, completed] = receiver.raw
  if (!account || !completed) throw new Error('nothing was delivered')
  const open = (body: string, secret: string, signature = completed.signature) =>
    Stripe.webhooks.constructEvent(body, signature, secret)
  expect(open(completed.body, 'whsec_platform').type).toBe('checkout.session.completed')
  expect(() => open(completed.body.replace('500', '900'), 'whsec_platform')).toThrow(/signature/)
  expect(() => open(completed.body, 'whsec_connect')).toThrow(/signature/)
  const connect = open(account.body, 'whsec_connect', account.signature)
  expect(connect).toMatchObject({ type: 'account.updated', account: expect.stringMatching(/^acct_/) })
})

test('tries again until an event is taken', async () => {
  const { control, charge, receiver, types } = await startCharge()
  receiver.answers.push(500, 302)
  const attempts = receiver.raw.length
  control.openDispute(charge)
  await control.settled()
  expect(types()).toContain('charge.dispute.created')
  // Two events, and two attempts that were not taken.
  expect(receiver.raw.length - attempts).toBe(4)
})

test('holds deliveries, releases them in any order, and delivers one again', async () => {
  const { control, charge, stripe, receiver, types } = await startCharge()
  const before = types().length
  control.hold()
  control.closeDispute(control.openDispute(charge), 'won')
  const [created, withdrawn, closed, reinstated] = control.events().slice(-4)
  await control.settled()
  expect(types()).toHaveLength(before)
  const reordered = [closed, created, reinstated, withdrawn]
  await control.release(reordered.map((event) => event?.id ?? ''))
  expect(types().slice(before)).toEqual(reordered.map((event) => event?.type))

  await stripe.refunds.create({ charge })
  await control.release()
  const refunded = ['refund.created', 'charge.refunded', 'refund.updated']
  expect(
    types()
      .slice(before + 4)
      .sort(),
  ).toEqual(refunded.sort())
  expect(await control.deliver(created?.id ?? '')).toBe(200)
  expect(types().at(-1)).toBe('charge.dispute.created')
  expect(await stripe.events.retrieve(created?.id ?? '')).toMatchObject({
    type: 'charge.dispute.created',
    data: { object: { charge, status: 'needs_response' } },
    pending_webhooks: 0,
  })
  receiver.answers.push(503)
  expect(await control.deliver(created?.id ?? '')).toBe(503)
})
