import 'server-only'
import { cookies, headers } from 'next/headers'
import { isLocale, type Locale, localeCookieName } from '#lib/i18n/locales.ts'
import { authErrorToCoded } from '../auth/auth-error.ts'
import { authDb } from '../db/auth-db.ts'
import { toCodedError } from '../db/call-function.ts'
import type { Db } from '../db/clients.ts'
import { identify } from '../db/person.ts'
import { sharedAccess } from '../db/shared-access.ts'
import { log } from '../log.ts'
import { updateProfile } from './update-profile.ts'

const oneYearInSeconds = 365 * 24 * 60 * 60

/** Answers this browser in a language from now on. */
export async function rememberLocale(locale: Locale): Promise<void> {
  const jar = await cookies()
  jar.set(localeCookieName, locale, { path: '/', maxAge: oneYearInSeconds, sameSite: 'lax' })
}

/** After a sign-in: this browser speaks the language that the person chose elsewhere. @throws CodedError */
export async function recallLocale(db: Db): Promise<void> {
  if (!(await identify(db, sharedAccess().verify))) return
  const { data, error } = await db.from('profiles').select('locale').maybeSingle()
  if (error) throw toCodedError(error)
  const locale = data?.locale ?? undefined
  if (isLocale(locale)) await rememberLocale(locale)
}

/**
 * Keeps the chosen language in the account of whoever is signed in, for what reaches them elsewhere: in the profile, and in
 * the metadata by which Supabase Auth writes its e-mails. The page is in it anyway, by its cookie: what fails here is
 * written down and no more.
 */
export async function keepLocale(locale: Locale): Promise<void> {
  try {
    const db = await authDb({ headers: await headers() })
    if (!(await identify(db, sharedAccess().verify))) return
    await updateProfile(db, { locale })
    const { error } = await db.auth.updateUser({ data: { locale } })
    if (error) throw authErrorToCoded(error)
  } catch (err) {
    log.warn({ err }, 'the language was not kept in the account')
  }
}
