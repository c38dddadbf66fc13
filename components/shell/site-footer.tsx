import { useTranslations } from 'next-intl'
import { Mark } from '#components/brand/mark.tsx'

export function SiteFooter() {
  const t = useTranslations('meta')
  return (
    <footer className="mx-auto flex w-full max-w-7xl items-center gap-3 px-4 pt-6 pb-10 text-muted text-sm sm:px-8">
      <Mark className="size-6 shrink-0" />
      <p>{t('description')}</p>
    </footer>
  )
}
