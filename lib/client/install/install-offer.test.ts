import { afterEach, expect, test, vi } from 'vitest'
import { catchInstallOffer, installOffer, isInstalledByHand } from './install-offer.ts'

afterEach(() => vi.unstubAllGlobals())

test('the browser’s offer is kept until it is taken, and is good for once', async () => {
  const browser = new EventTarget()
  vi.stubGlobal('window', browser)
  catchInstallOffer()
  expect(installOffer.getSnapshot()).toBeNull()
  const prompt = vi.fn(async () => ({ outcome: 'accepted' }))
  const event = Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt })
  browser.dispatchEvent(event)
  expect(event.defaultPrevented).toBe(true)
  const offer = installOffer.getSnapshot()
  await offer?.accept()
  expect(prompt).toHaveBeenCalledTimes(1)
  expect(installOffer.getSnapshot()).toBeNull()
})

test('an offer is gone once the app was installed by another way', () => {
  const browser = new EventTarget()
  vi.stubGlobal('window', browser)
  catchInstallOffer()
  browser.dispatchEvent(new Event('beforeinstallprompt'))
  expect(installOffer.getSnapshot()).not.toBeNull()
  browser.dispatchEvent(new Event('appinstalled'))
  expect(installOffer.getSnapshot()).toBeNull()
})

test('iPhones and iPads are told how to install it by hand, a Mac is not', () => {
  const isByHandOn = (userAgent: string, maxTouchPoints: number) => {
    vi.stubGlobal('navigator', { userAgent, maxTouchPoints })
    return isInstalledByHand()
  }
  const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15'
  expect(isByHandOn('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)', 5)).toBe(true)
  expect(isByHandOn(mac, 5)).toBe(true)
  expect(isByHandOn(mac, 0)).toBe(false)
  expect(isByHandOn('Mozilla/5.0 (Linux; Android 16; Pixel 10) Chrome/150', 5)).toBe(false)
})
