import type { Metadata } from 'next'
import { useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { GuestEntry } from '#components/account/guest-entry.tsx'
import { LeaveSection } from '#components/account/leave-section.tsx'
import { NameSection } from '#components/account/name-section.tsx'
import { anchors } from '#components/shell/anchors.ts'
import { SiteFooter } from '#components/shell/site-footer.tsx'
import { SiteHeader } from '#components/shell/site-header.tsx'
import { loadMe, type Me } from '#lib/server/accounts/load-me.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: t('title') }
}

export default async function AccountPage() {
  const me = await loadMe()
  return (
    <>
      <SiteHeader me={me} />
      <main id={anchors.content} className="mx-auto w-full max-w-3xl px-4 py-10 sm:px-8 sm:py-14">
        {me ? <Sections me={me} /> : <NameFirst />}
      </main>
      <SiteFooter />
    </>
  )
}

/** Each section stands for itself and loads what it needs. */
function Sections({ me }: { me: Me }) {
  const t = useTranslations('account')
  return (
    <div className="flex flex-col gap-10">
      <h1 className="display text-5xl sm:text-6xl">{t('title')}</h1>
      <div className="flex flex-col gap-10">
        <NameSection name={me.displayName} />
        <LeaveSection isGuest={me.isGuest} />
      </div>
    </div>
  )
}

function NameFirst() {
  const t = useTranslations()
  return (
    <div className="flex max-w-xl flex-col gap-5 py-10">
      <h1 className="display text-5xl sm:text-6xl">{t('account.title')}</h1>
      <p className="text-lg text-muted">{t('account.signInText')}</p>
      <GuestEntry />
    </div>
  )
}
