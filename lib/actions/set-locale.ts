'use server'
import { cookies } from 'next/headers'
import { isLocale, localeCookieName } from '#lib/i18n/locales.ts'

const oneYearInSeconds = 365 * 24 * 60 * 60

/** Remembers the language that a person chose; the page renders again in it. */
export async function setLocale(form: FormData): Promise<void> {
  const locale = form.get('locale')
  if (typeof locale !== 'string' || !isLocale(locale)) return
  const cookieJar = await cookies()
  cookieJar.set(localeCookieName, locale, { path: '/', maxAge: oneYearInSeconds, sameSite: 'lax' })
}
