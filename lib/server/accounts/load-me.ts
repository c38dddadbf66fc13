import 'server-only'
import { cache } from 'react'
import { toCodedError } from '../db/call-function.ts'
import { identify } from '../db/person.ts'
import { personDb } from '../db/person-db.ts'
import { sharedAccess } from '../db/shared-access.ts'

export type Me = {
  userId: string
  displayName: string
  isGuest: boolean
  /** The language chosen by hand; null follows the browser. */
  locale: 'es' | 'en' | null
}

/** Who is signed in, once a request; null for nobody, and for an account that is gone. @throws CodedError */
export const loadMe = cache(async (): Promise<Me | null> => {
  const db = await personDb()
  const person = await identify(db, sharedAccess().verify)
  if (!person) return null
  const { data, error } = await db
    .from('profiles')
    .select('display_name, locale')
    .eq('id', person.userId)
    .maybeSingle()
  if (error) throw toCodedError(error)
  return data && { ...person, displayName: data.display_name, locale: toLocale(data.locale) }
})

function toLocale(locale: string | null): Me['locale'] {
  return locale === 'es' || locale === 'en' ? locale : null
}
