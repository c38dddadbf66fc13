'use client'
import { useTranslations } from 'next-intl'
import { AccountFirst } from '#components/account/account-first.tsx'
import { AccountSection } from '#components/account/account-section.tsx'
import { TestPayments } from '#components/tips/test-payments.tsx'
import type { MyPlan, PlusShop } from '#lib/protocol/plus.ts'
import { BuyPlus } from './buy-plus.tsx'
import { PlusOffer } from './plus-offer.tsx'
import { SubscriptionStatus } from './subscription-status.tsx'
import { useMyPlan } from './use-my-plan.ts'

type PlusOverviewProps = {
  first: MyPlan
  /** Null for guests. */
  shop: PlusShop | null
}

/** What Plus gives, how one's own stands, and where it is bought. */
export function PlusOverview({ first, shop }: PlusOverviewProps) {
  const t = useTranslations('plus')
  const { plan, offer, subscription } = useMyPlan({ first }).plan ?? first
  return (
    <>
      <TestPayments of="plus" />
      {offer ? <PlusOffer offer={offer} /> : null}
      <AccountSection title={t('yours')}>
        <SubscriptionStatus subscription={subscription} />
        {plan === 'plus' ? null : shop ? <BuyPlus access={shop} /> : <AccountFirst text={t('guestText')} />}
      </AccountSection>
    </>
  )
}
