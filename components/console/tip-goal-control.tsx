'use client'
import { Goal } from 'lucide-react'
import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { usePublicConfig } from '#components/app/public-config.ts'
import { useRoom } from '#components/room/use-room.ts'
import { TestPayments } from '#components/tips/test-payments.tsx'
import { useTipOffer } from '#components/tips/use-tip-offer.ts'
import { Button } from '#components/ui/button.tsx'
import { buttonStyle } from '#components/ui/button-style.ts'
import { Popover } from '#components/ui/popover.tsx'
import { Spinner } from '#components/ui/spinner.tsx'
import type { OpenerProps } from '#components/ui/use-opener.ts'
import { amountText } from '#lib/domain/tips/amount-text.ts'
import { TipGoalForm } from './tip-goal-form.tsx'

/** What the session collects for. Where the DJ cannot be tipped yet, they alone are told the way there. */
export function TipGoalControl() {
  const t = useTranslations('tips')
  const locale = useLocale()
  const { payments } = usePublicConfig()
  const isDj = useRoom((view) => view.me.userId === view.session.djId)
  const goal = useRoom((view) => view.session.tipGoal)
  const { offer, hasFailed } = useTipOffer()
  const canBeTipped = offer?.canBeTipped === true
  if (payments === 'off' || (!isDj && !canBeTipped)) return null
  const goalText = goal ? amountText(goal.amount, goal.currency, locale) : null
  const button = (opener: OpenerProps) => (
    <Button {...opener} look="outline" aria-label={t('goalOpen', { value: goalText ?? t('goalNone') })}>
      <Goal className="size-4" aria-hidden="true" />
      {goalText ? <span className="figures text-sm">{goalText}</span> : null}
    </Button>
  )
  return (
    <Popover button={button} title={t('goal')}>
      <div className="flex flex-col gap-3">
        <TestPayments />
        {offer ? null : <p role="status">{hasFailed ? t('failedToLoad') : <Spinner />}</p>}
        {offer && canBeTipped ? <TipGoalForm currencies={offer.currencies} goal={goal} /> : null}
        {offer && !canBeTipped ? (
          <>
            <p>{t('setUpFirst')}</p>
            {/* In a tab of its own: the music goes on here. */}
            <Link href="/studio/tips" target="_blank" className={buttonStyle('outline')}>
              {t('setUp')}
            </Link>
          </>
        ) : null}
      </div>
    </Popover>
  )
}
