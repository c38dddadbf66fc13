import { afterEach, expect, it, vi } from 'vitest'
import { startForTest, tipTo } from '#lib/test-payments/testing/start-for-test.ts'
import { doOnce } from './do-once.ts'

afterEach(() => vi.useRealTimers())

/** A page for a tip to somebody whom Stripe does not let have money. */
async function startRestricted() {
  const { control, stripe, createAccount } = await startForTest()
  const { id: account } = await createAccount()
  const open = () => doOnce('tip', (options) => stripe.checkout.sessions.create(tipTo(account), options))
  return { control, stripe, account, open }
}

const refused = { code: 'insufficient_capabilities_for_transfer' }

it('is done once what was refused, once that is mended, however often it was asked for before', async () => {
  const { control, stripe, account, open } = await startRestricted()
  vi.useFakeTimers({ toFake: ['Date'], now: new Date() })
  for (let press = 0; press < 8; press++) await expect(open()).rejects.toMatchObject(refused)
  control.completeOnboarding(account)
  vi.setSystemTime(Date.now() + 60_000)
  const opened = await open()
  expect(await open()).toEqual(opened)
  expect((await stripe.checkout.sessions.list()).data).toHaveLength(1)
})

it('goes past a refusal that Stripe keeps at once, where there were few', async () => {
  const { control, account, open } = await startRestricted()
  await expect(open()).rejects.toMatchObject(refused)
  control.completeOnboarding(account)
  const opened = await open()
  expect(await open()).toEqual(opened)
})
