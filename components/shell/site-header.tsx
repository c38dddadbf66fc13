import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { AccountMenu } from '#components/account/account-menu.tsx'
import { Wordmark } from '#components/brand/wordmark.tsx'
import { LanguageSwitch } from './language-switch.tsx'

type SiteHeaderProps = {
  me: { userId: string; displayName: string; avatarPath: string | null; isGuest: boolean } | null
}

/** The head of every page but the room's. */
export function SiteHeader({ me }: SiteHeaderProps) {
  const t = useTranslations('header')
  return (
    <header className="mx-auto flex w-full max-w-7xl items-center justify-between gap-3 px-4 pt-3 sm:px-8 sm:pt-5">
      <Link href="/" aria-label={t('home')} className="bubble -m-1 min-w-0 p-1">
        <Wordmark />
      </Link>
      <nav className="flex shrink-0 items-center gap-1 sm:gap-3">
        <Link
          href="/studio"
          className="flex min-h-11 items-center px-2 font-medium text-muted transition-colors hover:text-text sm:px-3"
        >
          {t('studio')}
        </Link>
        <LanguageSwitch />
        {me ? (
          <AccountMenu
            userId={me.userId}
            name={me.displayName}
            avatarPath={me.avatarPath}
            isGuest={me.isGuest}
          />
        ) : (
          <Link
            href="/sign-in"
            className="flex min-h-11 items-center px-2 font-medium text-muted transition-colors hover:text-text sm:px-3"
          >
            {t('signIn')}
          </Link>
        )}
      </nav>
    </header>
  )
}
