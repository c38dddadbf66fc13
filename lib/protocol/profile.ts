import { z } from 'zod'
import { limits } from '#lib/domain/limits/limits.ts'
import { displayNameSchema } from './session-requests.ts'

export const localeSchema = z.enum(['es', 'en'])

/** Small letters, digits and underscores; SQL knows which are taken, look alike or are reserved. */
export const handleSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9_]{3,24}$/)

/** An address with https, in the form in which browsers send it (hosts in other scripts become `xn--…`). */
export const linkSchema = z
  .string()
  .trim()
  .pipe(z.url({ protocol: /^https$/, hostname: z.regexes.domain }))
  .transform((link) => new URL(link).href)
  .pipe(z.string().max(limits.linkMaxLength))

/** `POST /api/me`: what is left out stays as it is; an empty text removes a handle or a time zone. */
export const updateProfileSchema = z.strictObject({
  displayName: displayNameSchema.optional(),
  locale: localeSchema.optional(),
  handle: z.union([z.literal(''), handleSchema]).optional(),
  bio: z.string().max(limits.bioMaxLength).optional(),
  links: z.array(linkSchema).max(limits.linksMax).optional(),
  timeZone: z.string().max(64).optional(),
})
export type ProfileChanges = z.input<typeof updateProfileSchema>

const links = z.array(z.string())

/** A person's own profile, as the server cleaned it. */
export const profileSchema = z.object({
  userId: z.uuid(),
  displayName: z.string(),
  isGuest: z.boolean(),
  handle: z.string().nullable(),
  bio: z.string(),
  links,
  avatarPath: z.string().nullable(),
  /** What was chosen by hand; null follows the browser. */
  locale: localeSchema.nullable(),
  timeZone: z.string().nullable(),
})
export type Profile = z.infer<typeof profileSchema>

/** Somebody, as they stand in a list. */
export const somebodySchema = z.object({
  userId: z.uuid(),
  displayName: z.string(),
  handle: z.string().nullable(),
  avatarPath: z.string().nullable(),
})
export type Somebody = z.infer<typeof somebodySchema>

/** The page of a person; what it says of following and blocking is the visitor's own. */
export const profilePageSchema = somebodySchema.extend({
  handle: z.string(),
  bio: z.string(),
  links,
  followerCount: z.number().int().nonnegative(),
  isMe: z.boolean(),
  isFollowing: z.boolean(),
  isBlocked: z.boolean(),
  /** The public session that they play right now. */
  live: z.object({ slug: z.string(), title: z.string() }).nullable(),
})
export type ProfilePage = z.infer<typeof profilePageSchema>

/** `GET /api/me/people`: whom one follows and blocks, the newest first. */
export const myPeopleSchema = z.object({
  following: z.array(somebodySchema),
  blocked: z.array(somebodySchema),
})
export type MyPeople = z.infer<typeof myPeopleSchema>

/** `POST /api/people/[id]/follow` and `…/block` */
export const personParamsSchema = z.object({ id: z.uuid() })
export const followSchema = z.strictObject({ following: z.boolean() })
export const blockSchema = z.strictObject({ blocked: z.boolean() })

/** A device on which one is signed in. Instants are epoch milliseconds. */
export const deviceSchema = z.object({
  id: z.uuid(),
  userAgent: z.string().nullable(),
  signedInAt: z.number(),
  seenAt: z.number(),
  isThis: z.boolean(),
})
export type Device = z.infer<typeof deviceSchema>
export const devicesSchema = z.array(deviceSchema)
