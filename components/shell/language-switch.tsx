import { useLocale, useTranslations } from 'next-intl'
import { classNames } from '#components/ui/class-names.ts'
import { setLocale } from '#lib/actions/set-locale.ts'
import { locales } from '#lib/i18n/locales.ts'

/** Both languages, each named in itself; a form, so that it works before any script has arrived. */
export function LanguageSwitch() {
  const t = useTranslations()
  const chosen = useLocale()
  return (
    <form action={setLocale} aria-label={t('header.language')} className="flex">
      {locales.map((locale) => (
        <button
          key={locale}
          type="submit"
          name="locale"
          value={locale}
          lang={locale}
          aria-current={locale === chosen ? 'true' : undefined}
          className={classNames(
            'label min-h-11 min-w-9 px-1.5 transition-colors',
            locale === chosen
              ? 'text-volt underline decoration-2 underline-offset-8'
              : 'text-muted hover:text-text',
          )}
        >
          {locale} <span className="sr-only">{t(`languages.${locale}`)}</span>
        </button>
      ))}
    </form>
  )
}
