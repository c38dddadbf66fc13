'use client'
import { useEffect, useState } from 'react'
import { isLoadedHere } from '#lib/client/plus/is-loaded-here.ts'
import type { Shop } from '#lib/client/plus/open-shop.ts'
import type { PurchaseRefusal } from '#lib/client/plus/refusal-of.ts'
import { reloadHolds } from '#lib/client/service-worker/reload-holds.ts'
import type { PlusShop } from '#lib/protocol/plus.ts'

/** `busy`: the page has to be loaded anew, which would cut something off. */
type Shut = PurchaseRefusal | 'busy'
export type ShopState = { is: 'opening' } | { is: 'open'; shop: Shop } | { is: 'shut'; why: Shut }

/**
 * RevenueCat's SDK, fetched here and nowhere else. Whoever came from another page of the app loads this one anew, unless that
 * would cut something off (`reload-holds.ts`); then it is left to them.
 */
export function useShop({ webKey, publicApiUrl, customerId, email }: PlusShop): ShopState {
  const [state, setState] = useState<ShopState>({ is: 'opening' })
  useEffect(() => {
    let isGone = false
    let opened: Shop | null = null
    const open = async (): Promise<Shop | Shut> => {
      if (!isLoadedHere()) {
        if (reloadHolds.getSnapshot() > 0) return 'busy'
        location.reload()
        return new Promise(() => {})
      }
      const { openShop } = await import('#lib/client/plus/open-shop.ts')
      return openShop({ webKey, publicApiUrl, customerId, email })
    }
    open()
      .catch((): Shut => 'network')
      .then((found) => {
        if (typeof found === 'string') {
          if (!isGone) setState({ is: 'shut', why: found })
        } else if (isGone) found.close()
        else {
          opened = found
          setState({ is: 'open', shop: found })
        }
      })
    return () => {
      isGone = true
      opened?.close()
    }
  }, [webKey, publicApiUrl, customerId, email])
  return state
}
