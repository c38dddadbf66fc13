import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { Problem } from '#components/account/sign-in/problem.tsx'
import { SignIn } from '#components/account/sign-in/sign-in.tsx'
import { anchors } from '#components/shell/anchors.ts'
import { SiteFooter } from '#components/shell/site-footer.tsx'
import { SiteHeader } from '#components/shell/site-header.tsx'
import { safePath } from '#lib/domain/navigation/safe-path.ts'
import { serverEnv } from '#lib/env/server.ts'
import { loadMe } from '#lib/server/accounts/load-me.ts'
import { signInWays } from '#lib/server/auth/sign-in-ways.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('signIn')
  return { title: t('title') }
}

type SignInPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const [query, me, t] = await Promise.all([searchParams, loadMe(), getTranslations('signIn')])
  const next = safePath(typeof query.next === 'string' ? query.next : null)
  if (me && !me.isGuest) redirect(next)
  const ways = await signInWays(serverEnv())
  return (
    <>
      <SiteHeader me={me} />
      <main
        id={anchors.content}
        className="mx-auto flex w-full max-w-3xl flex-col gap-8 px-4 py-10 sm:px-8 sm:py-14"
      >
        <div className="flex flex-col gap-3">
          <h1 className="display text-5xl sm:text-6xl">{t('title')}</h1>
          {me ? (
            <p className="max-w-prose text-lg text-muted">{t('guestText', { name: me.displayName })}</p>
          ) : null}
        </div>
        <Problem code={query.problem} />
        <SignIn ways={ways} next={next} guestName={me?.displayName ?? null} />
      </main>
      <SiteFooter />
    </>
  )
}
