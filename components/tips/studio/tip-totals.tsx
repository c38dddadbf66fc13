'use client'
import { useLocale, useTranslations } from 'next-intl'
import { AccountSection } from '#components/account/account-section.tsx'
import { amountText } from '#lib/domain/tips/amount-text.ts'
import type { TipTotal } from '#lib/protocol/tips.ts'

/** What all tips come to, currency by currency. */
export function TipTotals({ totals }: { totals: readonly TipTotal[] }) {
  const t = useTranslations('tips')
  return (
    <AccountSection title={t('totals')}>
      <ul className="grid gap-3 sm:grid-cols-2">
        {totals.map((total) => (
          <li
            key={`${total.currency} ${total.livemode}`}
            className="bubble flex flex-col gap-3 border border-line bg-raised px-4 py-3"
          >
            <Total total={total} />
          </li>
        ))}
      </ul>
    </AccountSection>
  )
}

function Total({ total }: { total: TipTotal }) {
  const t = useTranslations('tips')
  const locale = useLocale()
  const { currency, livemode, tips, amount, fees, refunds, net } = total
  const lines = [
    { label: t('totalAmount'), amount },
    { label: t('totalFees'), amount: fees },
    { label: t('totalRefunds'), amount: refunds },
    { label: t('totalNet'), amount: net },
  ]
  return (
    <>
      <h3 className="label flex gap-2 text-muted">
        {currency} · {t('totalTips', { count: tips })}
        {livemode ? null : <span className="text-warn">{t('testTip')}</span>}
      </h3>
      <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 text-sm">
        {lines.map(({ label, amount: sum }) => (
          <div key={label} className="contents last:font-semibold">
            <dt>{label}</dt>
            <dd className="figures text-right">{amountText(sum, currency, locale)}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
