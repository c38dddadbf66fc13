'use server'
import { isLocale } from '#lib/i18n/locales.ts'
import { keepLocale, rememberLocale } from '#lib/server/accounts/keep-locale.ts'

/** Remembers the language that a person chose, here and in the profile; the page renders again in it. */
export async function setLocale(form: FormData): Promise<void> {
  const locale = form.get('locale')
  if (typeof locale !== 'string' || !isLocale(locale)) return
  await rememberLocale(locale)
  await keepLocale(locale)
}
