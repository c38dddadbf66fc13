import { z } from 'zod'
import { limits } from '#lib/domain/limits/limits.ts'
import { roleSchema, snapshotSchema } from './session-state.ts'

export const displayNameSchema = z.string().trim().min(1).max(limits.displayNameMaxLength)

/** `POST /api/sessions` */
export const createSessionSchema = z.strictObject({
  title: z.string().trim().min(1).max(limits.sessionTitleMaxLength),
  visibility: z.enum(['public', 'unlisted', 'private']).default('public'),
  artworkPath: z.string().max(300).nullable().default(null),
})

/** `POST /api/artwork`: the body is the picture, the answer the path to create a session with. */
export const storedArtworkSchema = z.object({ artworkPath: z.string() })
export const createdSessionSchema = z.object({ id: z.uuid(), slug: z.string() })
export type NewSession = z.input<typeof createSessionSchema>
export type CreatedSession = z.infer<typeof createdSessionSchema>

/** `POST /api/sessions/[id]/join` */
export const joinSessionSchema = z.strictObject({
  invitation: z.string().max(100).nullable().default(null),
  /** Whether to tell where the session stands as well: whoever comes in need not ask a second time for that. */
  wantsSnapshot: z.boolean().default(false),
})
/** The ways down from the server, the first one to be tried first: the server decides by the size of the room. */
export const waySchema = z.enum(['websocket', 'sse', 'long_poll'])
export type Way = z.infer<typeof waySchema>
export const joinedSessionSchema = z.object({
  role: roleSchema,
  ways: z.array(waySchema).min(1),
  /** Which Realtime channel the room is in: see `sessionTopic`. */
  channel: z.number().int().nonnegative(),
})
export type JoinedSession = z.infer<typeof joinedSessionSchema>
/** The answer to who `wantsSnapshot`. */
export const enteredSessionSchema = joinedSessionSchema.extend({ snapshot: snapshotSchema })
export type EnteredSession = z.infer<typeof enteredSessionSchema>

/** The answer of `POST /api/sessions/[id]/invitations`: what whoever is invited brings along, as `?invitation=`. */
export const invitationSchema = z.object({
  token: z.string(),
  expiresAt: z.number(),
  maxUses: z.number().int(),
})
export type Invitation = z.infer<typeof invitationSchema>
