import { z } from 'zod'
import { sessionHeadSchema } from '#lib/protocol/session-heads.ts'

/** What an earlier version may have kept in another shape is read by these. */
export const seenLobbySchema = z.array(sessionHeadSchema)

export const seenLibrarySchema = z.array(
  z.object({
    id: z.string(),
    title: z.string(),
    artist: z.string().nullable(),
    durationInMs: z.number(),
  }),
)
