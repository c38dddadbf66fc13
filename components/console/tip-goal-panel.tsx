'use client'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { usePublicConfig } from '#components/app/public-config.ts'
import { accountStateOf, accountTexts } from '#components/tips/studio/describe-account.ts'
import { usePayments } from '#components/tips/studio/use-payments.ts'
import { TestPayments } from '#components/tips/test-payments.tsx'
import { TipsOff } from '#components/tips/tips-off.tsx'
import { buttonStyle } from '#components/ui/button-style.ts'
import { Spinner } from '#components/ui/spinner.tsx'
import type { Session } from '#lib/protocol/session-state.ts'
import type { TipOffer } from '#lib/protocol/tips.ts'
import { TipGoalForm } from './tip-goal-form.tsx'

type TipGoalPanelProps = {
  /** Undefined while it is not known. */
  offer: TipOffer | undefined
  hasFailed: boolean
  goal: Session['tipGoal']
}

/** The form for the goal, or why there is none: tips are off here, or the DJ’s account does not take them yet. */
export function TipGoalPanel({ offer, hasFailed, goal }: TipGoalPanelProps) {
  const t = useTranslations('tips')
  const { payments } = usePublicConfig()
  if (payments === 'off')
    return (
      <p>
        <TipsOff />
      </p>
    )
  return (
    <div className="flex flex-col gap-3">
      <TestPayments />
      {offer ? null : <p role="status">{hasFailed ? t('failedToLoad') : <Spinner />}</p>}
      {offer?.canBeTipped ? <TipGoalForm currencies={offer.currencies} goal={goal} /> : null}
      {offer && !offer.canBeTipped ? <NoTipsYet /> : null}
    </div>
  )
}

/** What stands between the DJ and their first tip, and the way to what can be done about it. */
function NoTipsYet() {
  const t = useTranslations()
  const { status, hasFailed } = usePayments()
  return (
    <>
      {status ? (
        <p>{t(`tips.${status.account ? accountTexts[accountStateOf(status.account)] : 'setUpFirst'}`)}</p>
      ) : (
        <p role="status">{hasFailed ? t('errors.unavailable') : <Spinner />}</p>
      )}
      {/* In a tab of its own: the music goes on here. */}
      <Link href="/studio/tips" target="_blank" className={buttonStyle('outline')}>
        {t('tips.setUp')}
      </Link>
    </>
  )
}
