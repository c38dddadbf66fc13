import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Mark } from '#components/brand/mark.tsx'

export function SiteFooter() {
  const t = useTranslations()
  return (
    <footer className="mx-auto flex w-full max-w-7xl flex-wrap items-center gap-x-3 gap-y-1 px-4 pt-6 pb-10 text-muted text-sm sm:px-8">
      <Mark className="size-6 shrink-0" />
      <p className="min-w-48 flex-1">{t('meta.description')}</p>
      <Link
        href="/account/diagnostics"
        className="flex min-h-11 items-center underline underline-offset-4 hover:text-text"
      >
        {t('diagnostics.title')}
      </Link>
    </footer>
  )
}
