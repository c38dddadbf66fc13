import { expect, it } from 'vitest'
import { readSettings } from './settings.ts'

it('has a stand-in for Stripe where it is asked for', () => {
  expect(readSettings({ ...process.env, PAYMENTS: '' }, []).testPaymentsPort).toBeNull()
  expect(
    readSettings({ ...process.env, PAYMENTS: 'test', TEST_PAYMENTS_PORT: '54323' }, []).testPaymentsPort,
  ).toBe(54323)
})

it('lets nothing stand in for Stripe that is configured', () => {
  const both = { ...process.env, PAYMENTS: 'test', STRIPE_SECRET_KEY: 'sk_live_1' }
  expect(() => readSettings(both, [])).toThrow('does not go with STRIPE_SECRET_KEY')
})
