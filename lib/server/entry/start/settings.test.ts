import { expect, it } from 'vitest'
import { readSettings } from './settings.ts'

it('has stand-ins for Stripe and RevenueCat where they are asked for', () => {
  expect(readSettings({ ...process.env, PAYMENTS: '' }, []).testPayments).toBeNull()
  const ports = { TEST_PAYMENTS_PORT: '54333', TEST_SUBSCRIPTIONS_PORT: '54334' }
  expect(readSettings({ ...process.env, ...ports, PAYMENTS: 'test' }, []).testPayments).toEqual({
    stripe: 54333,
    revenuecat: 54334,
  })
})

it.each(['STRIPE_SECRET_KEY', 'REVENUECAT_SECRET_KEY'])('lets nothing stand in where %s is set', (name) => {
  const both = { ...process.env, PAYMENTS: 'test', [name]: 'sk_live_1' }
  expect(() => readSettings(both, [])).toThrow(`does not go with ${name}`)
})
