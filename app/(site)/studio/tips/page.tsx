import type { Metadata } from 'next'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { SignInFirst } from '#components/account/sign-in/sign-in-first.tsx'
import { anchors } from '#components/shell/anchors.ts'
import { SiteFooter } from '#components/shell/site-footer.tsx'
import { SiteHeader } from '#components/shell/site-header.tsx'
import { TipsOff } from '#components/tips/studio/tips-off.tsx'
import { TipsOverview } from '#components/tips/studio/tips-overview.tsx'
import { buttonStyle } from '#components/ui/button-style.ts'
import { paymentsMode, serverEnv } from '#lib/env/server.ts'
import { loadMe } from '#lib/server/accounts/load-me.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('tips')
  return { title: t('title') }
}

export default async function TipsPage() {
  const me = await loadMe()
  return (
    <>
      <SiteHeader me={me} />
      <main
        id={anchors.content}
        className="mx-auto flex w-full max-w-3xl flex-col gap-10 px-4 py-10 sm:px-8 sm:py-14"
      >
        <TipsTitle />
        {me && !me.isGuest ? <TipsOverview /> : <AccountFirst isSignedIn={me !== null} />}
      </main>
      <SiteFooter />
    </>
  )
}

function TipsTitle() {
  const t = useTranslations('tips')
  return (
    <div className="flex flex-col gap-3">
      <h1 className="display text-5xl sm:text-6xl">{t('title')}</h1>
      <p className="text-lg text-muted">{t('pageText')}</p>
    </div>
  )
}

/** What is off is said to a guest who plays, too; else what they lack is an account that lasts. */
function AccountFirst({ isSignedIn }: { isSignedIn: boolean }) {
  const t = useTranslations()
  if (!isSignedIn) return <SignInFirst text={t('tips.signInText')} next="/studio/tips" />
  if (paymentsMode(serverEnv()) === 'off') return <TipsOff />
  return (
    <>
      <p className="text-lg">{t('tips.guestText')}</p>
      <Link href="/account" className={buttonStyle('signal', 'large', 'self-start')}>
        {t('tips.guestAction')}
      </Link>
    </>
  )
}
