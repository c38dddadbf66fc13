'use client'
import { useFormatter, useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { useSave } from '#components/account/use-save.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { Button } from '#components/ui/button.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { amountText } from '#lib/domain/tips/amount-text.ts'
import { type ReceivedTip, tipRefundedSchema } from '#lib/protocol/tips.ts'

type ReceivedTipRowProps = { tip: ReceivedTip; onRefunded: () => void }

const disputeTexts = { open: 'disputeOpen', won: 'disputeWon', lost: 'disputeLost' } as const

/** One tip: from whom, how much of it is one's own, and the way to give it back. */
export function ReceivedTipRow({ tip, onRefunded }: ReceivedTipRowProps) {
  const t = useTranslations()
  const locale = useLocale()
  const format = useFormatter()
  const { payments } = usePublicConfig()
  const { save, isBusy, refused } = useSave()
  const [isAsked, setIsAsked] = useState(false)
  const {
    tipId,
    amount,
    currency,
    netAmount,
    refundedAmount,
    dispute,
    hasFailedRefund,
    message,
    livemode,
    paidAt,
  } = tip
  const name = tip.name ?? t('tips.somebody')
  const text = (sum: number) => amountText(sum, currency, locale)
  const isOfThisMode = livemode === (payments === 'live')
  const canGiveBack =
    payments !== 'off' && isOfThisMode && refundedAmount < amount && (dispute === 'none' || dispute === 'won')
  const rest = text(amount - refundedAmount)
  const isGone = refundedAmount === amount
  // What the house gave back out of its own pocket the DJ keeps.
  const kept = [
    ...(isGone ? [t('tips.refundedAll')] : []),
    ...(refundedAmount > 0 && !isGone ? [t('tips.refundedOf', { amount: text(refundedAmount) })] : []),
    ...(netAmount !== 0 || !isGone ? [t('tips.net', { amount: text(netAmount) })] : []),
  ]

  const giveBack = async () => {
    const done = await save(`/api/me/tips/${tipId}/refund`, tipRefundedSchema, {}, t('tips.refundDone'))
    if (done) onRefunded()
  }

  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
      <div className="flex min-w-48 flex-1 flex-col gap-0.5">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <bdi className="font-medium">{name}</bdi>
          <span className="figures font-semibold text-volt">{text(amount)}</span>
          {livemode ? null : <span className="label text-warn">{t('tips.testTip')}</span>}
        </p>
        {message ? (
          <p dir="auto" className="[overflow-wrap:anywhere]">
            {message}
          </p>
        ) : null}
        <p className="text-muted text-sm">
          <time dateTime={new Date(paidAt).toISOString()}>
            {format.dateTime(paidAt, { dateStyle: 'medium', timeStyle: 'short' })}
          </time>
          {' · '}
          {kept.join(' · ')}
        </p>
        {hasFailedRefund ? <p className="text-sm text-warn">{t('tips.refundFailed')}</p> : null}
        {dispute === 'none' ? null : (
          <p className="text-sm text-warn">{t(`tips.${disputeTexts[dispute]}`)}</p>
        )}
      </div>
      {canGiveBack ? (
        <Button
          look="quiet"
          disabled={isBusy}
          onClick={() => setIsAsked(true)}
          aria-label={t('tips.refundName', { amount: rest, name })}
        >
          {t('tips.refund')}
        </Button>
      ) : null}
      {refused ? (
        <p role="alert" className="w-full text-sm text-warn">
          {t(`errors.${refused.code}`)}
        </p>
      ) : null}
      <ConfirmDialog
        open={isAsked}
        onOpenChange={setIsAsked}
        title={t('tips.refundTitle')}
        text={t('tips.refundText', { name, amount: rest })}
        confirm={t('tips.refundConfirm')}
        onConfirm={() => void giveBack()}
      />
    </div>
  )
}
