import type { Metadata } from 'next'
import { useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { SignInFirst } from '#components/account/sign-in/sign-in-first.tsx'
import { PlusOff } from '#components/plus/plus-off.tsx'
import { PlusOverview } from '#components/plus/plus-overview.tsx'
import { anchors } from '#components/shell/anchors.ts'
import { SiteFooter } from '#components/shell/site-footer.tsx'
import { SiteHeader } from '#components/shell/site-header.tsx'
import { serverEnv } from '#lib/env/server.ts'
import type { PlusShop } from '#lib/protocol/plus.ts'
import { loadMe, type Me } from '#lib/server/accounts/load-me.ts'
import { loadAddresses } from '#lib/server/auth/load-addresses.ts'
import type { Db } from '#lib/server/db/clients.ts'
import { personDb } from '#lib/server/db/person-db.ts'
import { loadMyCustomerId, loadMyPlan } from '#lib/server/plus/my-plan.ts'
import { createRevenueCatAccess, type RevenueCatAccess } from '#lib/server/revenuecat/revenuecat-access.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('plus')
  return { title: t('title') }
}

export default async function PlusPage() {
  const [me, t] = await Promise.all([loadMe(), getTranslations('plus')])
  const access = createRevenueCatAccess(serverEnv())
  return (
    <>
      <SiteHeader me={me} />
      <main
        id={anchors.content}
        className="mx-auto flex w-full max-w-3xl flex-col gap-10 px-4 py-10 sm:px-8 sm:py-14"
      >
        <PlusTitle />
        {!access ? (
          <PlusOff />
        ) : me ? (
          <OwnPlus me={me} access={access} />
        ) : (
          <SignInFirst text={t('signInText')} next="/plus" />
        )}
      </main>
      <SiteFooter />
    </>
  )
}

function PlusTitle() {
  const t = useTranslations('plus')
  return (
    <div className="flex flex-col gap-3">
      <h1 className="display text-5xl sm:text-6xl">{t('title')}</h1>
      <p className="text-lg text-muted">{t('text')}</p>
    </div>
  )
}

async function OwnPlus({ me, access }: { me: Me; access: RevenueCatAccess }) {
  const db = await personDb()
  const plan = await loadMyPlan(db)
  // The worker, which says so to SQL, has other settings or is still to start.
  if (plan.plan === 'open') return <PlusOff />
  return <PlusOverview first={plan} shop={me.isGuest ? null : await loadShop(db, access)} />
}

async function loadShop(db: Db, { publicApiUrl, webKey }: RevenueCatAccess): Promise<PlusShop> {
  const [customerId, addresses] = await Promise.all([loadMyCustomerId(db), loadAddresses(db)])
  return { publicApiUrl, webKey, customerId, email: addresses?.email ?? null }
}
