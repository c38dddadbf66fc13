import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { DataSection } from '#components/account/data-section.tsx'
import { DevicesSection } from '#components/account/devices-section.tsx'
import { LanguageSection } from '#components/account/language-section.tsx'
import { LeaveSection } from '#components/account/leave-section.tsx'
import { NotificationSettings } from '#components/account/notification-settings.tsx'
import { PeopleSection } from '#components/account/people-section.tsx'
import { ProfileSection } from '#components/account/profile-section.tsx'
import { Problem } from '#components/account/sign-in/problem.tsx'
import { SignIn } from '#components/account/sign-in/sign-in.tsx'
import { SocialTaken } from '#components/account/sign-in/social-taken.tsx'
import { WaysSection } from '#components/account/ways-section.tsx'
import { PlusSection } from '#components/plus/plus-section.tsx'
import { anchors } from '#components/shell/anchors.ts'
import { SiteFooter } from '#components/shell/site-footer.tsx'
import { SiteHeader } from '#components/shell/site-header.tsx'
import { plusMode, serverEnv } from '#lib/env/server.ts'
import type { MyPlan } from '#lib/protocol/plus.ts'
import { providers } from '#lib/protocol/sign-in.ts'
import { loadDevices } from '#lib/server/accounts/devices.ts'
import { loadMe, type Me } from '#lib/server/accounts/load-me.ts'
import { loadMyPeople } from '#lib/server/accounts/people.ts'
import { loadAddresses } from '#lib/server/auth/load-addresses.ts'
import { signInWays } from '#lib/server/auth/sign-in-ways.ts'
import { personDb } from '#lib/server/db/person-db.ts'
import { loadMyPlan } from '#lib/server/plus/my-plan.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: t('title') }
}

type AccountPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function AccountPage({ searchParams }: AccountPageProps) {
  const [me, t, query] = await Promise.all([loadMe(), getTranslations('account'), searchParams])
  const provider = providers.find((name) => name === query.provider)
  return (
    <>
      <SiteHeader me={me} />
      <main
        id={anchors.content}
        className="mx-auto flex w-full max-w-3xl flex-col gap-10 px-4 py-10 sm:px-8 sm:py-14"
      >
        <h1 className="display text-5xl sm:text-6xl">{t('title')}</h1>
        {me && query.problem === 'address_taken' && provider ? (
          <SocialTaken provider={provider} isGuest={me.isGuest} />
        ) : (
          <Problem code={query.problem} />
        )}
        {me ? <Sections me={me} /> : <SignInFirst />}
      </main>
      <SiteFooter />
    </>
  )
}

async function Sections({ me }: { me: Me }) {
  const db = await personDb()
  const [ways, addresses, people, devices, plus] = await Promise.all([
    signInWays(serverEnv()),
    loadAddresses(db),
    loadMyPeople(db),
    loadDevices(db),
    plusMode(serverEnv()) === 'off' ? null : loadMyPlan(db),
  ])
  if (!addresses) return <SignInFirst />
  return (
    <>
      <ProfileSection me={me} />
      <WaysSection userId={me.userId} isGuest={me.isGuest} addresses={addresses} ways={ways} />
      <PlusSection isOn={plus !== null} />
      <LanguageSection me={me} />
      <PeopleSection people={people} />
      <NotificationSettings />
      <DevicesSection devices={devices} />
      <DataSection userId={me.userId} name={me.displayName} renewsPlus={renews(plus)} />
      <LeaveSection isGuest={me.isGuest} />
    </>
  )
}

/** Whether somebody goes on being charged for Plus. */
function renews(plan: MyPlan | null): boolean {
  const { isActive, isCancelled, endsAt } = plan?.subscription ?? {}
  return isActive === true && !isCancelled && endsAt !== null
}

async function SignInFirst() {
  const [ways, t] = await Promise.all([signInWays(serverEnv()), getTranslations('account')])
  return (
    <>
      <p className="text-lg text-muted">{t('signInText')}</p>
      <SignIn ways={ways} next="/account" guestName={null} />
    </>
  )
}
