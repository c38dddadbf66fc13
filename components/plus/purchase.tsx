'use client'
import { useLocale, useTranslations } from 'next-intl'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Spinner } from '#components/ui/spinner.tsx'
import type { Shop, Ware } from '#lib/client/plus/open-shop.ts'
import type { PurchaseRefusal } from '#lib/client/plus/refusal-of.ts'
import { amountText } from '#lib/domain/tips/amount-text.ts'

type PurchaseProps = { shop: Shop; onBought: () => void }
type Wanted = { id: string; closing: AbortController }

/** What is for sale, at its price, and RevenueCat's form for it. */
export function Purchase({ shop, onBought }: PurchaseProps) {
  const t = useTranslations('plus')
  const locale = useLocale()
  const place = useRef<HTMLElement>(null)
  useFocusOnFill(place)
  const [wanted, setWanted] = useState<Wanted | null>(null)
  const [refused, setRefused] = useState<PurchaseRefusal | null>(null)
  const priceOf = ({ priceInMinorUnits, currency, period }: Ware) => {
    const price = amountText(priceInMinorUnits, currency, locale)
    return period ? t(`price.${period.unit}`, { price, count: period.count }) : t('price.once', { price })
  }
  const buy = async (id: string, button: HTMLElement) => {
    if (wanted || !place.current) return
    const closing = new AbortController()
    setWanted({ id, closing })
    setRefused(null)
    const outcome = await shop.buy(id, place.current, locale, closing.signal)
    setWanted(null)
    if (outcome === 'bought') return onBought()
    button.focus()
    if (outcome !== 'cancelled') setRefused(outcome)
  }
  return (
    <>
      <ul className="flex flex-wrap gap-3">
        {shop.wares.map((ware) => (
          <li key={ware.id}>
            {/* Not `disabled`: the focus comes back to it. */}
            <Button
              size="large"
              aria-disabled={wanted !== null}
              className="whitespace-normal! py-2"
              onClick={({ currentTarget }) => void buy(ware.id, currentTarget)}
            >
              {wanted?.id === ware.id ? <Spinner /> : null}
              {t('buy', { price: priceOf(ware) })}
            </Button>
          </li>
        ))}
      </ul>
      {refused ? (
        <p role="alert" className="text-sm text-warn">
          {t(`refused.${refused}`)}
        </p>
      ) : null}
      {/* The form measures this place and fills it: without a height of its own there would be none. */}
      <section
        ref={place}
        tabIndex={-1}
        aria-label={t('form')}
        className="bubble peer h-[min(48rem,85dvh)] w-full overflow-hidden empty:hidden"
      />
      <Button look="quiet" className="peer-empty:hidden" onClick={() => wanted?.closing.abort()}>
        {t('closeForm')}
      </Button>
    </>
  )
}

/** Takes whoever opened the form to it, once it is there. */
function useFocusOnFill(place: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = place.current
    if (!element) return
    const observer = new MutationObserver(() => {
      if (element.childElementCount > 0) element.focus()
    })
    observer.observe(element, { childList: true })
    return () => observer.disconnect()
  }, [place])
}
