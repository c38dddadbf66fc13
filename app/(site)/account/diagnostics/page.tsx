import type { Metadata } from 'next'
import { useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { Diagnostics } from '#components/diagnostics/diagnostics.tsx'
import { InstallCard } from '#components/install/install-card.tsx'
import { anchors } from '#components/shell/anchors.ts'
import { SiteFooter } from '#components/shell/site-footer.tsx'
import { SiteHeader } from '#components/shell/site-header.tsx'
import { loadMe } from '#lib/server/accounts/load-me.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('diagnostics')
  return { title: t('title') }
}

/** For everybody, signed in or not: whoever cannot come in wants to know why. */
export default async function DiagnosticsPage() {
  const me = await loadMe()
  return (
    <>
      <SiteHeader me={me} />
      <main id={anchors.content} className="mx-auto flex w-full max-w-3xl flex-col gap-6 px-4 py-12 sm:px-8">
        <DiagnosticsTitle />
        <Diagnostics />
        <InstallCard />
      </main>
      <SiteFooter />
    </>
  )
}

function DiagnosticsTitle() {
  const t = useTranslations('diagnostics')
  return (
    <div className="flex flex-col gap-3">
      <h1 className="display text-5xl sm:text-6xl">{t('title')}</h1>
      <p className="text-lg text-muted">{t('text')}</p>
    </div>
  )
}
