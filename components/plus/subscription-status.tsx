'use client'
import { ExternalLink } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { buttonStyle } from '#components/ui/button-style.ts'
import type { Subscription } from '#lib/protocol/plus.ts'
import { type SubscriptionState, subscriptionState } from './subscription-state.ts'

const textOf = {
  none: 'stateNone',
  active: 'stateActive',
  cancelled: 'stateCancelled',
  paused: 'statePaused',
  billing_issue: 'stateBillingIssue',
  refunded: 'stateRefunded',
  ended: 'stateEnded',
  sandbox: 'stateSandbox',
} as const satisfies Record<SubscriptionState, string>

const good: readonly SubscriptionState[] = ['active', 'cancelled', 'paused']

/** How one's Plus stands, until when, and the way to the page on which it is changed and cancelled. */
export function SubscriptionStatus({ subscription }: { subscription: Subscription | null }) {
  const t = useTranslations('plus')
  const format = useFormatter()
  const dateOf = (at: number) => format.dateTime(at, { dateStyle: 'long' })
  const { endsAt = null, resumesAt = null, managementUrl = null } = subscription ?? {}
  const state = subscriptionState(subscription, Date.now())
  const text =
    state === 'active' && endsAt === null
      ? t('stateForGood')
      : t(textOf[state], {
          date: endsAt === null ? '' : dateOf(endsAt),
          resumes: resumesAt === null ? '' : dateOf(resumesAt),
        })
  return (
    <>
      <p role="status" className={good.includes(state) ? 'text-lg text-volt' : 'text-lg'}>
        {text}
      </p>
      {managementUrl ? (
        <a
          href={managementUrl}
          target="_blank"
          rel="noreferrer"
          className={buttonStyle('outline', 'medium', 'self-start')}
        >
          <ExternalLink className="size-4" aria-hidden="true" />
          {t('manage')}
        </a>
      ) : null}
    </>
  )
}
