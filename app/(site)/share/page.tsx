import type { Metadata } from 'next'
import { useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { GuestEntry } from '#components/account/guest-entry.tsx'
import { SharedFiles } from '#components/share/shared-files.tsx'
import { anchors } from '#components/shell/anchors.ts'
import { SiteFooter } from '#components/shell/site-footer.tsx'
import { SiteHeader } from '#components/shell/site-header.tsx'
import { loadMe } from '#lib/server/accounts/load-me.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('shared')
  return { title: t('title'), robots: { index: false } }
}

/** What was shared into the installed app waits here for its person's word. */
export default async function SharePage() {
  const me = await loadMe()
  return (
    <>
      <SiteHeader me={me} />
      <main id={anchors.content} className="mx-auto flex w-full max-w-3xl flex-col gap-8 px-4 py-12 sm:px-8">
        <SharedTitle />
        {me ? <SharedFiles /> : <NameFirst />}
      </main>
      <SiteFooter />
    </>
  )
}

function SharedTitle() {
  const t = useTranslations('shared')
  return <h1 className="display text-5xl sm:text-6xl">{t('title')}</h1>
}

function NameFirst() {
  const t = useTranslations('start')
  return (
    <div className="flex flex-col gap-4">
      <p className="text-lg text-muted">{t('signInFirst')}</p>
      <GuestEntry />
    </div>
  )
}
