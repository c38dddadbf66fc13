import { HandCoins } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { GuestEntry } from '#components/account/guest-entry.tsx'
import { Library } from '#components/library/library.tsx'
import { anchors } from '#components/shell/anchors.ts'
import { SiteFooter } from '#components/shell/site-footer.tsx'
import { SiteHeader } from '#components/shell/site-header.tsx'
import { MySessions } from '#components/studio/my-sessions.tsx'
import { StartSessionForm } from '#components/studio/start-session-form.tsx'
import { buttonStyle } from '#components/ui/button-style.ts'
import { loadMe } from '#lib/server/accounts/load-me.ts'
import { loadMySessions } from '#lib/server/sessions/load-my-sessions.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('header')
  return { title: t('studio') }
}

export default async function StudioPage() {
  const me = await loadMe()
  const sessions = me ? await loadMySessions(me.userId) : []
  return (
    <>
      <SiteHeader me={me} />
      <main id={anchors.content} className="mx-auto w-full max-w-7xl px-4 py-10 sm:px-8 sm:py-14">
        {me ? (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-14 lg:grid-cols-[minmax(0,27rem)_minmax(0,1fr)] lg:gap-20">
            <div className="flex flex-col gap-10">
              <MySessions sessions={sessions} />
              <section className="flex flex-col gap-7">
                <StudioTitle />
                <StartSessionForm />
              </section>
              <TipsLink />
            </div>
            <Library userId={me.userId} />
          </div>
        ) : (
          <NameFirst />
        )}
      </main>
      <SiteFooter />
    </>
  )
}

function StudioTitle() {
  const t = useTranslations('start')
  return (
    <div className="flex flex-col gap-3">
      <h1 className="display text-5xl sm:text-6xl">{t('title')}</h1>
      <p className="text-lg text-muted">{t('text')}</p>
    </div>
  )
}

function TipsLink() {
  const t = useTranslations('tips')
  return (
    <Link href="/studio/tips" className={buttonStyle('outline', 'medium', 'self-start')}>
      <HandCoins className="size-4" aria-hidden="true" />
      {t('title')}
    </Link>
  )
}

function NameFirst() {
  const t = useTranslations('start')
  return (
    <div className="flex max-w-xl flex-col gap-5 py-10">
      <h1 className="display text-6xl sm:text-7xl">{t('signInFirst')}</h1>
      <p className="text-lg text-muted">{t('signInText')}</p>
      <GuestEntry />
    </div>
  )
}
