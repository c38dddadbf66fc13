import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { lineItem } from './start-for-test.ts'
import type { StripeWorld } from './stripe-contract.ts'

/** Stripe, or what stands in for it, with somebody who may be sent money. */
export type PaymentWorld = StripeWorld & {
  /** A connected account whose owner told Stripe all that it wants. */
  destination: string
  /** One that it settles in. */
  currency: string
  /** Has a card pay a destination charge; the id of the PaymentIntent. Amounts are in the smallest unit. */
  pay: (order: { amount: number; fee: number }) => Promise<string>
  /** The id of the newest event of a type about an object, once there is one. */
  eventAbout: (type: 'charge.refunded', objectId: string) => Promise<string>
}

/** Enough in every currency. */
const tip = { amount: 20_000, fee: 2_000 }
const withTransferAndFee = { reverse_transfer: true, refund_application_fee: true }

/** What the app relies on at Stripe once a tip is paid. */
export function describePayments(name: string, start: () => Promise<PaymentWorld>): void {
  describe(`payments at ${name}`, { timeout: 120_000 }, () => {
    /** Somewhere a tip is paid, and its charge with all that hangs on it. */
    async function startPaid() {
      const world = await start()
      const paymentIntent = await world.pay(tip)
      const charge = () => chargeOf(world.stripe, paymentIntent)
      return { ...world, paymentIntent, charge, chargeId: (await charge()).id }
    }

    it('are sent on without the fee', async () => {
      const { stripe, destination, currency, paymentIntent, charge } = await startPaid()
      expect(await stripe.paymentIntents.retrieve(paymentIntent)).toMatchObject({
        object: 'payment_intent',
        status: 'succeeded',
        amount_received: tip.amount,
        application_fee_amount: tip.fee,
        currency,
        livemode: false,
        transfer_data: { destination },
        latest_charge: expect.stringMatching(/^(ch|py)_/),
      })
      expect(await charge()).toMatchObject({
        object: 'charge',
        amount: tip.amount,
        amount_refunded: 0,
        paid: true,
        refunded: false,
        disputed: false,
        refunds: { object: 'list', data: [] },
        application_fee: { object: 'application_fee', amount: tip.fee, amount_refunded: 0 },
        balance_transaction: {
          object: 'balance_transaction',
          fee_details: expect.arrayContaining([expect.objectContaining({ type: 'stripe_fee' })]),
        },
        transfer: expect.stringMatching(/^tr_/),
      })
      expect((await stripe.disputes.list({ payment_intent: paymentIntent })).data).toEqual([])
    })

    it('are given back in parts, with their share of the fee, and never twice', async () => {
      const { stripe, paymentIntent, charge } = await startPaid()
      const giveBack = (amount?: number) =>
        stripe.refunds.create({
          payment_intent: paymentIntent,
          ...withTransferAndFee,
          ...(amount && { amount }),
        })
      expect(await giveBack(5_000)).toMatchObject({
        object: 'refund',
        amount: 5_000,
        payment_intent: paymentIntent,
        status: 'succeeded',
        transfer_reversal: expect.stringMatching(/^trr_/),
      })
      expect(await charge()).toMatchObject({
        amount_refunded: 5_000,
        refunded: false,
        application_fee: { amount_refunded: 500 },
      })
      await expect(giveBack(15_001)).rejects.toMatchObject({ statusCode: 400 })
      expect(await giveBack()).toMatchObject({ amount: 15_000 })
      await expect(giveBack()).rejects.toMatchObject({ code: 'charge_already_refunded' })
      const { refunds, ...refunded } = await charge()
      expect(refunded).toMatchObject({
        amount_refunded: tip.amount,
        refunded: true,
        application_fee: { amount_refunded: tip.fee, refunded: true },
      })
      expect(refunds?.data.map(({ amount }) => amount)).toEqual([15_000, 5_000])
    })

    it('have their fee given back by itself too, as far as there is any left', async () => {
      const { stripe, paymentIntent, charge } = await startPaid()
      await stripe.refunds.create({ payment_intent: paymentIntent, reverse_transfer: true })
      const { application_fee: fee } = await charge()
      if (typeof fee !== 'object' || fee === null) throw new Error('There is no fee.')
      expect(fee).toMatchObject({ amount_refunded: 0 })
      const giveBack = (amount: number) => stripe.applicationFees.createRefund(fee.id, { amount })
      expect(await giveBack(500)).toMatchObject({ object: 'fee_refund', amount: 500, fee: fee.id })
      await expect(giveBack(1_501)).rejects.toMatchObject({ statusCode: 400 })
      await giveBack(1_500)
      await expect(giveBack(1)).rejects.toMatchObject({ statusCode: 400 })
      expect(await charge()).toMatchObject({ application_fee: { amount_refunded: tip.fee, refunded: true } })
    })

    it('are told of by events', async () => {
      const { stripe, eventAbout, paymentIntent, chargeId } = await startPaid()
      await stripe.refunds.create({ payment_intent: paymentIntent, ...withTransferAndFee })
      const id = await eventAbout('charge.refunded', chargeId)
      expect(await stripe.events.retrieve(id)).toMatchObject({
        id,
        object: 'event',
        type: 'charge.refunded',
        livemode: false,
        data: { object: { id: chargeId, object: 'charge', payment_intent: paymentIntent } },
      })
    })

    it('open a page for whoever may be sent money, with a fee of the whole at most', async () => {
      const { stripe, destination, currency } = await start()
      const open = (to: string, fee: number) =>
        stripe.checkout.sessions.create({
          mode: 'payment',
          success_url: 'http://app.test/paid',
          line_items: [lineItem(tip.amount, currency)],
          payment_intent_data: { application_fee_amount: fee, transfer_data: { destination: to } },
        })
      expect(await open(destination, tip.fee)).toMatchObject({ status: 'open' })
      await expect(open(destination, tip.amount + 1)).rejects.toMatchObject({ statusCode: 400 })
      await expect(open('acct_1', tip.fee)).rejects.toMatchObject({ code: 'resource_missing' })
    })
  })
}

async function chargeOf(stripe: Stripe, paymentIntent: string): Promise<Stripe.Charge> {
  const { latest_charge: charge } = await stripe.paymentIntents.retrieve(paymentIntent, {
    expand: ['balance_transaction', 'refunds', 'application_fee'].map((field) => `latest_charge.${field}`),
  })
  if (typeof charge !== 'object' || charge === null) throw new Error('Nothing was paid.')
  return charge
}
