import Stripe from 'stripe'
import { vi } from 'vitest'
import { z } from 'zod'
import type { PaymentWorld } from './payment-contract.ts'
import type { StripeWorld } from './stripe-contract.ts'

const environment = z.object({
  /** Of an account with Connect. A live key is refused: money would move. */
  STRIPE_TEST_SECRET_KEY: z
    .string()
    .regex(/^(sk_test_\w+)?$/, 'must be a test key: sk_test_…')
    .optional(),
  /** An account connected to it, whose form was filled in once by hand. */
  STRIPE_TEST_DESTINATION: z
    .string()
    .regex(/^(acct_\w+)?$/, 'must be a connected account: acct_…')
    .optional(),
})

/** Stripe itself as far as variables give access to it. @throws ZodError for a live key */
export function stripeItself(variables: Record<string, string | undefined> = process.env) {
  const { STRIPE_TEST_SECRET_KEY: key, STRIPE_TEST_DESTINATION: destination } = environment.parse(variables)
  return {
    start: key ? () => startStripe(key) : null,
    startPayments: key && destination ? () => startPayments(key, destination) : null,
  }
}

async function startStripe(key: string): Promise<StripeWorld> {
  const stripe = new Stripe(key, { telemetry: false })
  return { stripe, deleteAccount: (accountId) => stripe.accounts.del(accountId) }
}

async function startPayments(key: string, destination: string): Promise<PaymentWorld> {
  const world = await startStripe(key)
  const { stripe } = world
  const { default_currency: currency = 'usd' } = await stripe.accounts.retrieve(destination)
  return {
    ...world,
    destination,
    currency,
    // Checkout's page is for people alone. This card's money can be given back at once (docs.stripe.com/testing).
    pay: async ({ amount, fee }) => {
      const { id } = await stripe.paymentIntents.create({
        amount,
        currency,
        application_fee_amount: fee,
        automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
        confirm: true,
        payment_method: 'pm_card_bypassPending',
        transfer_data: { destination },
      })
      return id
    },
    eventAbout: (type, objectId) =>
      vi.waitFor(
        async () => {
          const { data } = await stripe.events.list({ type, limit: 100 })
          const event = data.find((told) => 'id' in told.data.object && told.data.object.id === objectId)
          if (!event) throw new Error(`There is no ${type} about ${objectId}.`)
          return event.id
        },
        { timeout: 60_000, interval: 1_000 },
      ),
  }
}
