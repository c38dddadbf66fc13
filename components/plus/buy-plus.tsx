'use client'
import { RefreshCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useSave } from '#components/account/use-save.ts'
import { Button } from '#components/ui/button.tsx'
import { Spinner } from '#components/ui/spinner.tsx'
import { myPlanSchema, type PlusShop } from '#lib/protocol/plus.ts'
import { Purchase } from './purchase.tsx'
import { useMyPlan } from './use-my-plan.ts'
import { useShop } from './use-shop.ts'

/**
 * Where Plus is bought. What the browser says of that is not believed: the server looks the person up, at once and whenever
 * they ask.
 */
export function BuyPlus({ access }: { access: PlusShop }) {
  const t = useTranslations()
  const [isBought, setIsBought] = useState(false)
  const state = useShop(access)
  const { put } = useMyPlan({ isAwaited: isBought })
  const { save, isBusy, refused } = useSave()
  const lookUp = async () => {
    const plan = await save('/api/me/plan/look-up', myPlanSchema, {}, null)
    if (plan) put(plan)
  }
  const onBought = () => {
    setIsBought(true)
    void lookUp()
  }
  return (
    <div className="flex flex-col items-start gap-4">
      {isBought ? (
        <p role="status">{t('plus.boughtText')}</p>
      ) : (
        <>
          <p className="max-w-prose text-muted">{t('plus.buyText')}</p>
          {state.is === 'opening' ? (
            <p role="status" className="flex items-center gap-2">
              <Spinner />
              {t('plus.asksPrice')}
            </p>
          ) : state.is === 'shut' ? (
            <>
              <p role="alert" className="text-warn">
                {t(`plus.refused.${state.why}`)}
              </p>
              <Button look="outline" onClick={() => location.reload()}>
                {t('plus.loadAnew')}
              </Button>
            </>
          ) : (
            <Purchase shop={state.shop} onBought={onBought} />
          )}
        </>
      )}
      <Button look="quiet" disabled={isBusy} onClick={() => void lookUp()}>
        {isBusy ? <Spinner /> : <RefreshCw className="size-4" aria-hidden="true" />}
        {t('plus.checkAgain')}
      </Button>
      {refused ? (
        <p role="alert" className="text-sm text-warn">
          {t(`errors.${refused.code}`)}
        </p>
      ) : null}
    </div>
  )
}
