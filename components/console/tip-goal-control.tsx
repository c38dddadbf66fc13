'use client'
import { Goal } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useRoom } from '#components/room/use-room.ts'
import { useTipOffer } from '#components/tips/use-tip-offer.ts'
import { Button } from '#components/ui/button.tsx'
import { Popover } from '#components/ui/popover.tsx'
import type { OpenerProps } from '#components/ui/use-opener.ts'
import { amountText } from '#lib/domain/tips/amount-text.ts'
import { TipGoalPanel } from './tip-goal-panel.tsx'

/** What the session collects for. Where the DJ cannot be tipped, they alone are told why. */
export function TipGoalControl() {
  const t = useTranslations('tips')
  const locale = useLocale()
  const isDj = useRoom((view) => view.me.userId === view.session.djId)
  const goal = useRoom((view) => view.session.tipGoal)
  const { offer, hasFailed } = useTipOffer()
  if (!isDj && !offer?.canBeTipped) return null
  const goalText = goal ? amountText(goal.amount, goal.currency, locale) : null
  const button = (opener: OpenerProps) => (
    <Button {...opener} look="outline" aria-label={t('goalOpen', { value: goalText ?? t('goalNone') })}>
      <Goal className="size-4" aria-hidden="true" />
      {goalText ? <span className="figures text-sm">{goalText}</span> : null}
    </Button>
  )
  return (
    <Popover button={button} title={t('goal')}>
      <TipGoalPanel offer={offer} hasFailed={hasFailed} goal={goal} />
    </Popover>
  )
}
