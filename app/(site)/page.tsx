import { useTranslations } from 'next-intl'
import { GuestEntry } from '#components/account/guest-entry.tsx'
import { InstallCard } from '#components/install/install-card.tsx'
import { Hero } from '#components/lobby/hero.tsx'
import { LiveLobby } from '#components/lobby/live-lobby.tsx'
import { Promises } from '#components/lobby/promises.tsx'
import { anchors } from '#components/shell/anchors.ts'
import { SiteFooter } from '#components/shell/site-footer.tsx'
import { SiteHeader } from '#components/shell/site-header.tsx'
import { loadMe, type Me } from '#lib/server/accounts/load-me.ts'
import { loadLobby } from '#lib/server/sessions/load-lobby.ts'

export default async function LobbyPage() {
  const [me, sessions] = await Promise.all([loadMe(), loadLobby()])
  return (
    <>
      <SiteHeader me={me} />
      <main id={anchors.content}>
        <Hero entry={me ? <Welcome me={me} /> : <GuestEntry look="outline" />} />
        <LiveLobby sessions={sessions} />
        {me ? (
          <div className="mx-auto w-full max-w-7xl px-4 pt-12 empty:hidden sm:px-8">
            <InstallCard />
          </div>
        ) : null}
        <Promises />
      </main>
      <SiteFooter />
    </>
  )
}

function Welcome({ me }: { me: Me }) {
  const t = useTranslations('landing')
  return (
    <p className="text-muted">
      <span className="font-semibold text-text">{t('welcome', { name: me.displayName })}.</span>{' '}
      {t('welcomeText')}
    </p>
  )
}
