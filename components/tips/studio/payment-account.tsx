'use client'
import { ExternalLink, RefreshCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { AccountSection } from '#components/account/account-section.tsx'
import { useSave } from '#components/account/use-save.ts'
import { Button } from '#components/ui/button.tsx'
import { Spinner } from '#components/ui/spinner.tsx'
import { type PaymentsStatus, providerPageSchema } from '#lib/protocol/tips.ts'
import { accountStateOf, accountTexts, type Requirement, requirementsIn } from './describe-account.ts'
import { usePayments } from './use-payments.ts'

/** Where the money goes: how far it is set up, what is missing, and the way to the provider's pages. */
export function PaymentAccount() {
  const t = useTranslations()
  const { status, hasFailed, isAsking, askAgain } = usePayments()
  return (
    <AccountSection title={t('tips.account')}>
      {status ? (
        <AccountStatus account={status.account} />
      ) : (
        <p role="status" className="text-muted">
          {hasFailed ? t('errors.unavailable') : <Waiting />}
        </p>
      )}
      {status?.account || hasFailed ? (
        <Button look="quiet" className="self-start" disabled={isAsking} onClick={askAgain}>
          {isAsking ? <Spinner /> : <RefreshCw className="size-4" aria-hidden="true" />}
          {t('tips.checkAgain')}
        </Button>
      ) : null}
    </AccountSection>
  )
}

function Waiting() {
  const t = useTranslations('common')
  return (
    <>
      <Spinner />
      <span className="sr-only">{t('loading')}</span>
    </>
  )
}

function AccountStatus({ account }: { account: PaymentsStatus['account'] }) {
  const t = useTranslations()
  const { save, isBusy, refused } = useSave()
  const state = accountStateOf(account)
  const requirements = requirementsIn(account?.requirementsDue ?? [])
  const isUnfinished =
    state === 'none' || state === 'missing' || state === 'no_payouts' || requirements.length > 0
  const goTo = async (page: 'onboarding' | 'dashboard') => {
    const answer = await save(`/api/me/payments/${page}`, providerPageSchema, {}, null)
    if (answer) location.assign(answer.url)
  }
  return (
    <>
      <p role="status" className={state === 'ready' ? 'text-lg text-volt' : 'text-lg'}>
        {t(`tips.${accountTexts[state]}`)}
      </p>
      {requirements.length > 0 ? (
        <div className="flex flex-col gap-2">
          <h3 className="font-medium text-sm">{t('tips.missing')}</h3>
          <ul className="flex list-disc flex-col gap-1 pl-5 text-muted">
            {requirements.map((requirement) => (
              <li key={requirement.topic === 'other' ? requirement.name : requirement.topic}>
                <RequirementText requirement={requirement} />
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <div className="flex flex-wrap gap-3">
        {isUnfinished && state !== 'rejected' ? (
          <Button disabled={isBusy} onClick={() => void goTo('onboarding')}>
            {isBusy ? <Spinner /> : <ExternalLink className="size-4" aria-hidden="true" />}
            {t(state === 'none' ? 'tips.begin' : 'tips.goOn')}
          </Button>
        ) : null}
        {account?.detailsSubmitted ? (
          <Button look="outline" disabled={isBusy} onClick={() => void goTo('dashboard')}>
            <ExternalLink className="size-4" aria-hidden="true" />
            {t('tips.dashboard')}
          </Button>
        ) : null}
      </div>
      {account?.detailsSubmitted ? <p className="text-muted text-sm">{t('tips.dashboardText')}</p> : null}
      {refused ? (
        <p role="alert" className="text-sm text-warn">
          {t(`errors.${refused.code}`)}
        </p>
      ) : null}
    </>
  )
}

const needs = {
  bank: 'needsBank',
  terms: 'needsTerms',
  person: 'needsPerson',
  business: 'needsBusiness',
} as const

function RequirementText({ requirement }: { requirement: Requirement }) {
  const t = useTranslations('tips')
  if (requirement.topic === 'other') return t('needsOther', { name: requirement.name })
  return t(needs[requirement.topic])
}
