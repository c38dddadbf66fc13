import { type Product, type PurchaseResult, Purchases } from '@revenuecat/purchases-js'

/** What the Test Store's dialog does when "Test valid purchase" is pressed; the SDK's types leave it out. */
type TestStore = { _postSimulatedStoreReceipt: (product: Product) => Promise<PurchaseResult> }

/** RevenueCat's web SDK for somebody, as a browser has it, without a page. */
export const sdkFor = (proxyURL: string, appUserId: string, apiKey = 'test_sdk'): Purchases =>
  Purchases.configure({
    apiKey,
    appUserId,
    httpConfig: { proxyURL },
    flags: { collectAnalyticsEvents: false, autoCollectUTMAsMetadata: false },
  })

/** Buys what is for sale, as a browser does. @throws PurchasesError */
export async function buyBySdk(proxyURL: string, appUserId: string): Promise<PurchaseResult> {
  const sdk = sdkFor(proxyURL, appUserId)
  const product = (await sdk.getOfferings()).current?.monthly?.webBillingProduct
  if (!product) throw new Error('Nothing is for sale.')
  return (sdk as unknown as TestStore)._postSimulatedStoreReceipt(product)
}
