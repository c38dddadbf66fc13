import { type Package, type PeriodUnit, Purchases } from '@revenuecat/purchases-js'
import { decimalsOf } from '#lib/domain/tips/decimals.ts'
import type { PlusShop } from '#lib/protocol/plus.ts'
import { type PurchaseRefusal, refusalOf } from './refusal-of.ts'

/** Something that can be bought. */
export type Ware = {
  id: string
  priceInMinorUnits: number
  currency: string
  /** After which time it renews; null: it is paid once. */
  period: { count: number; unit: `${PeriodUnit}` } | null
}

export type PurchaseOutcome = 'bought' | 'cancelled' | PurchaseRefusal

export type Shop = {
  wares: Ware[]
  /**
   * Opens RevenueCat's form and resolves when that is over. What comes of it counts for nothing: how somebody stands, the
   * server looks up itself.
   * @param place empty, and of a height of its own; the Test Store's dialog covers the page instead
   * @param closing closes the form: in a place on a page it has no button for that
   */
  buy: (wareId: string, place: HTMLElement, locale: string, closing: AbortSignal) => Promise<PurchaseOutcome>
  close: () => void
}

/** Asks RevenueCat what is for sale, by its web SDK; or why that cannot be known. */
export async function openShop(access: PlusShop): Promise<Shop | PurchaseRefusal> {
  try {
    const purchases = Purchases.configure({
      apiKey: access.webKey,
      appUserId: access.customerId,
      httpConfig: { proxyURL: access.publicApiUrl },
      flags: { collectAnalyticsEvents: false, autoCollectUTMAsMetadata: false },
    })
    const packages = (await purchases.getOfferings()).current?.availablePackages ?? []
    // A project without a current offering, or one without products.
    if (packages.length === 0) return 'not_set_up'
    return {
      wares: packages.map(wareOf),
      buy: async (wareId, place, locale, closing) => {
        const rcPackage = packages.find(({ identifier }) => identifier === wareId)
        if (!rcPackage) return 'unknown'
        const purchase = purchases.purchase({
          rcPackage,
          htmlTarget: place,
          selectedLocale: locale,
          skipSuccessPage: true,
          ...(access.email && { customerEmail: access.email }),
        })
        return Promise.race([outcomeOf(purchase), emptied(place, closing)])
      },
      close: () => purchases.close(),
    }
  } catch (error) {
    return refusalOf(error) ?? 'unknown'
  }
}

function wareOf({ identifier, webBillingProduct: { price, period } }: Package): Ware {
  const microsInMinorUnit = 10 ** (6 - decimalsOf(price.currency.toLowerCase()))
  return {
    id: identifier,
    priceInMinorUnits: Math.round(price.amountMicros / microsInMinorUnit),
    currency: price.currency.toLowerCase(),
    period: period && { count: period.number, unit: period.unit },
  }
}

function emptied(place: HTMLElement, closing: AbortSignal): Promise<'cancelled'> {
  return new Promise((resolve) => {
    closing.addEventListener('abort', () => {
      place.replaceChildren()
      resolve('cancelled')
    })
  })
}

async function outcomeOf(purchase: Promise<unknown>): Promise<PurchaseOutcome> {
  try {
    await purchase
    return 'bought'
  } catch (error) {
    return refusalOf(error) ?? 'cancelled'
  }
}
