import { expect, onTestFinished, test } from 'vitest'
import { startFakeRevenueCat } from '#lib/test-payments/revenuecat/start-fake-revenuecat.ts'
import { openShop } from './open-shop.ts'

async function start() {
  const webhook = { url: 'http://127.0.0.1:9', authorization: 'Bearer secret' }
  const fake = await startFakeRevenueCat({ port: 0, webhook })
  onTestFinished(fake.stop)
  return { webKey: 'test_1', publicApiUrl: fake.url, customerId: 'ana', email: null }
}

test('says what is for sale, at what price, how often', async () => {
  const shop = await openShop(await start())
  expect(shop).toMatchObject({
    wares: [
      {
        id: '$rc_monthly',
        priceInMinorUnits: 499,
        currency: 'eur',
        period: { count: 1, unit: 'month' },
      },
    ],
  })
})

test('says why nothing is for sale', async () => {
  const access = await start()
  expect(await openShop({ ...access, webKey: 'rcb_1' })).toBe('not_set_up')
  expect(await openShop({ ...access, webKey: 'sk_1' })).toBe('not_set_up')
  expect(await openShop({ ...access, publicApiUrl: 'http://127.0.0.1:9' })).toBe('network')
})
