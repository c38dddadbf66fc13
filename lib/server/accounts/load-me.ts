import 'server-only'
import { cache } from 'react'
import { CodedError } from '#lib/protocol/errors.ts'
import { type Profile, profileSchema } from '#lib/protocol/profile.ts'
import { toCodedError } from '../db/call-function.ts'
import { identify } from '../db/person.ts'
import { personDb } from '../db/person-db.ts'
import { sharedAccess } from '../db/shared-access.ts'

export type Me = Profile

/** Who is signed in, once a request; null for nobody, and for an account that is gone. @throws CodedError */
export const loadMe = cache(async (): Promise<Me | null> => {
  const db = await personDb()
  const person = await identify(db, sharedAccess().verify)
  if (!person) return null
  const { data, error } = await db
    .from('profiles')
    .select('display_name, locale, handle, bio, links, avatar_path, time_zone')
    .eq('id', person.userId)
    .maybeSingle()
  if (error) throw toCodedError(error)
  if (!data) return null
  const me = profileSchema.safeParse({
    ...person,
    displayName: data.display_name,
    locale: data.locale,
    handle: data.handle,
    bio: data.bio,
    links: data.links,
    avatarPath: data.avatar_path,
    timeZone: data.time_zone,
  })
  if (!me.success) throw new CodedError('internal', { cause: me.error })
  return me.data
})
