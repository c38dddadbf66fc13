import type { Metadata } from 'next'
import { useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { AccountFirst } from '#components/account/account-first.tsx'
import { SignInFirst } from '#components/account/sign-in/sign-in-first.tsx'
import { anchors } from '#components/shell/anchors.ts'
import { SiteFooter } from '#components/shell/site-footer.tsx'
import { SiteHeader } from '#components/shell/site-header.tsx'
import { TipsOverview } from '#components/tips/studio/tips-overview.tsx'
import { TipsOff } from '#components/tips/tips-off.tsx'
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
        {me && !me.isGuest ? <TipsOverview /> : <NoAccount isSignedIn={me !== null} />}
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
function NoAccount({ isSignedIn }: { isSignedIn: boolean }) {
  const t = useTranslations('tips')
  if (!isSignedIn) return <SignInFirst text={t('signInText')} next="/studio/tips" />
  if (paymentsMode(serverEnv()) === 'off')
    return (
      <p className="text-lg">
        <TipsOff />
      </p>
    )
  return <AccountFirst text={t('guestText')} />
}
