'use client'
import { ExternalLink, RefreshCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useSave } from '#components/account/use-save.ts'
import { Button } from '#components/ui/button.tsx'
import { buttonStyle } from '#components/ui/button-style.ts'
import { Spinner } from '#components/ui/spinner.tsx'
import { myPlanSchema } from '#lib/protocol/plus.ts'
import { useMyPlan } from './use-my-plan.ts'

type BuyPlusProps = {
  purchaseUrl: string
  /** Whether something was bought before: it may have been renewed, and the news of it lost. */
  hadPlus: boolean
}

/** The way to the page of RevenueCat, in another tab. Its news comes by itself; whoever does not trust that, asks. */
export function BuyPlus({ purchaseUrl, hadPlus }: BuyPlusProps) {
  const t = useTranslations()
  const [isOpened, setIsOpened] = useState(false)
  const { put } = useMyPlan({ isAwaited: isOpened })
  const { save, isBusy, refused } = useSave()
  const lookUp = async () => {
    const plan = await save('/api/me/plan/look-up', myPlanSchema, {}, null)
    if (plan) put(plan)
  }
  return (
    <div className="flex flex-col items-start gap-4">
      <p className="max-w-prose text-muted">{t('plus.buyText')}</p>
      <a
        href={purchaseUrl}
        target="_blank"
        rel="noreferrer"
        onClick={() => setIsOpened(true)}
        className={buttonStyle(isOpened ? 'outline' : 'signal', 'large')}
      >
        <ExternalLink className="size-5" aria-hidden="true" />
        {t('plus.buy')}
      </a>
      {isOpened ? <p role="status">{t('plus.openedText')}</p> : null}
      {isOpened || hadPlus ? (
        <Button look="quiet" disabled={isBusy} onClick={() => void lookUp()}>
          {isBusy ? <Spinner /> : <RefreshCw className="size-4" aria-hidden="true" />}
          {t('plus.checkAgain')}
        </Button>
      ) : null}
      {refused ? (
        <p role="alert" className="text-sm text-warn">
          {t(`errors.${refused.code}`)}
        </p>
      ) : null}
    </div>
  )
}
