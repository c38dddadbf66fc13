import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Wordmark } from '#components/brand/wordmark.tsx'
import { LanguageSwitch } from './language-switch.tsx'

/** The head of every page but the room's; `account` is what a person can do with their name. */
export function SiteHeader({ account }: { account?: ReactNode }) {
  const t = useTranslations('header')
  return (
    <header className="mx-auto flex w-full max-w-7xl items-center justify-between gap-3 px-4 pt-3 sm:px-8 sm:pt-5">
      <Link href="/" aria-label={t('home')} className="bubble -m-1 p-1">
        <Wordmark />
      </Link>
      <nav className="flex items-center gap-1 sm:gap-3">
        <Link
          href="/studio"
          className="flex min-h-11 items-center px-2 font-medium text-muted transition-colors hover:text-text sm:px-3"
        >
          {t('studio')}
        </Link>
        <LanguageSwitch />
        {account}
      </nav>
    </header>
  )
}
