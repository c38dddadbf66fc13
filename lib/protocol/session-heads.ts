import { z } from 'zod'
import { roleSchema, sessionSchema } from './session-state.ts'

/** What is shown of a session before one is in it. */
export const sessionHeadSchema = sessionSchema
  .omit({ djId: true, requestsOpen: true, crossfadeInMs: true, tipGoal: true })
  .extend({
    djName: z.string(),
    /** Of the DJ's page, where they have one. */
    djHandle: z.string().nullable(),
    /** Who has been seen in the last minutes, each person once, the DJ not counted. */
    listenerCount: z.number().int().nonnegative(),
    nowPlaying: z
      .object({ title: z.string(), artist: z.string().nullable(), artworkPath: z.string().nullable() })
      .nullable(),
  })
export type SessionHead = z.infer<typeof sessionHeadSchema>

/** `GET /api/lobby` */
export const lobbySchema = z.object({ sessions: z.array(sessionHeadSchema) })

/** The head of one session, as one person may see it. */
export const sessionForVisitorSchema = sessionHeadSchema.extend({
  /** Null while one is no member. */
  role: roleSchema.nullable(),
  banned: z.boolean(),
})
export type SessionForVisitor = z.infer<typeof sessionForVisitorSchema>
