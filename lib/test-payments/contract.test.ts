import { describe, expect, it } from 'vitest'
import { startFakeWorld } from './testing/fake-world.ts'
import { describePayments } from './testing/payment-contract.ts'
import { describeStripe } from './testing/stripe-contract.ts'
import { stripeItself } from './testing/stripe-itself.ts'

describeStripe('the fake', startFakeWorld)
describePayments('the fake', startFakeWorld)

const { start, startPayments } = stripeItself()
if (start) describeStripe('Stripe itself', start)
if (startPayments) describePayments('Stripe itself', startPayments)

describe('Stripe itself', () => {
  it('is asked with test keys alone', () => {
    expect(() => stripeItself({ STRIPE_TEST_SECRET_KEY: 'sk_live_123' })).toThrow(/must be a test key/)
    expect(stripeItself({})).toEqual({ start: null, startPayments: null })
  })
})
