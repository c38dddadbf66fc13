import { z } from 'zod'
import { displayNameSchema } from './session-requests.ts'

export const localeSchema = z.enum(['es', 'en'])

/** `POST /api/me`: what is left out stays as it is. */
export const updateProfileSchema = z.strictObject({
  displayName: displayNameSchema.optional(),
  locale: localeSchema.optional(),
})

/** A person's own profile, as the server cleaned it. */
export const profileSchema = z.object({ displayName: z.string(), locale: localeSchema.nullable() })
export type Profile = z.infer<typeof profileSchema>
