'use client'
import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import useSWR from 'swr'
import { authClientOf } from '#components/app/auth-client-of.ts'
import { usePublicConfig } from '#components/app/public-config.ts'
import { MessagePage } from '#components/shell/message-page.tsx'
import { buttonStyle } from '#components/ui/button-style.ts'
import { amountText } from '#lib/domain/tips/amount-text.ts'
import { type GivenTip, givenTipSchema } from '#lib/protocol/tips.ts'
import { givenTipState } from './given-tip-state.ts'
import { TestPayments } from './test-payments.tsx'

/** The news is here within moments, or whoever came back has not paid: then it is asked for rarely. */
const askEveryInMs = { atFirst: 2_500, later: 20_000 }
const atFirstInMs = 60_000

/** How a tip stands that one gave. While it waits, the server is asked again and again: it alone knows. */
export function GivenTipStatus({ tip: first }: { tip: GivenTip }) {
  const t = useTranslations('tips')
  const locale = useLocale()
  const config = usePublicConfig()
  const path = `/api/tips/${first.tipId}`
  const [since] = useState(() => Date.now())
  const waitInMs = () => (Date.now() - since < atFirstInMs ? askEveryInMs.atFirst : askEveryInMs.later)
  const { data: tip } = useSWR(path, () => authClientOf(config).request(path, givenTipSchema), {
    fallbackData: first,
    revalidateOnMount: false,
    refreshInterval: (latest = first) => (givenTipState(latest.status) === 'waiting' ? waitInMs() : 0),
  })
  const { status, currency, djName, sessionSlug } = tip
  const amount = amountText(tip.amount, currency, locale)
  const state = givenTipState(status)
  const paidText = djName ? t('thanksText', { amount, name: djName }) : t('thanksNobody', { amount })
  const text = state === 'thanks' ? paidText : t(textKeys[state], { amount })
  return (
    <MessagePage
      title={t(titleKeys[state])}
      text={
        <>
          <span role="status">{text}</span>
          <span className="mt-3 block text-base">{t('closeTab')}</span>
        </>
      }
    >
      <div className="w-full">
        <TestPayments />
      </div>
      {sessionSlug ? (
        <Link href={`/s/${sessionSlug}`} className={buttonStyle('outline', 'large')}>
          {t('backToRoom')}
        </Link>
      ) : null}
    </MessagePage>
  )
}

const titleKeys = {
  thanks: 'thanksTitle',
  waiting: 'waitingTitle',
  unpaid: 'unpaidTitle',
  returned: 'returnedTitle',
  partly_returned: 'returnedTitle',
} as const

const textKeys = {
  waiting: 'waitingText',
  unpaid: 'unpaidText',
  returned: 'returnedText',
  partly_returned: 'partlyReturnedText',
} as const
