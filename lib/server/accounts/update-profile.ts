import type { z } from 'zod'
import { type Profile, profileSchema, type updateProfileSchema } from '#lib/protocol/profile.ts'
import { callFunction } from '../db/call-function.ts'
import type { Db } from '../db/clients.ts'

/** Changes the own profile; what is absent stays. @throws CodedError */
export function updateProfile(
  db: Db,
  { displayName, locale, handle, bio, links, timeZone }: z.infer<typeof updateProfileSchema>,
): Promise<Profile> {
  const args = {
    p_display_name: displayName ?? null,
    p_locale: locale ?? null,
    p_handle: handle ?? null,
    p_bio: bio ?? null,
    p_links: links ?? null,
    p_time_zone: timeZone ?? null,
  }
  return callFunction(db, 'update_profile', args, profileSchema)
}
