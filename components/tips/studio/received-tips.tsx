'use client'
import { useTranslations } from 'next-intl'
import { AccountSection } from '#components/account/account-section.tsx'
import { Button } from '#components/ui/button.tsx'
import { Spinner } from '#components/ui/spinner.tsx'
import { ReceivedTipRow } from './received-tip-row.tsx'
import { TipTotals } from './tip-totals.tsx'
import { useReceivedTips } from './use-received-tips.ts'

/** What came, the newest first, and what it comes to. */
export function ReceivedTips() {
  const t = useTranslations('tips')
  const { tips, totals, hasFailed, hasMore, showMore, askAgain } = useReceivedTips()
  return (
    <>
      {totals.length > 0 ? <TipTotals totals={totals} /> : null}
      <AccountSection title={t('received')}>
        {tips ? null : (
          <p role="status" className="text-muted">
            {hasFailed ? t('receivedFailed') : <Spinner />}
          </p>
        )}
        {tips?.length === 0 ? <p className="text-muted">{t('receivedNone')}</p> : null}
        {tips && tips.length > 0 ? (
          <ul className="flex flex-col divide-y divide-line/60">
            {tips.map((tip) => (
              <li key={tip.tipId}>
                <ReceivedTipRow tip={tip} onRefunded={askAgain} />
              </li>
            ))}
          </ul>
        ) : null}
        {hasMore ? (
          <Button look="outline" className="self-start" onClick={showMore}>
            {t('more')}
          </Button>
        ) : null}
      </AccountSection>
    </>
  )
}
