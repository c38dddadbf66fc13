import { z } from 'zod'
import { sessionHeadSchema } from '#lib/protocol/session-heads.ts'
import { createLastSeen } from './last-seen.ts'

/** The lobby that this browser saw last. */
export const seenLobby = createLastSeen('whatssound:seen-lobby', z.array(sessionHeadSchema))

const seenTrackSchema = z.object({
  id: z.string(),
  title: z.string(),
  artist: z.string().nullable(),
  durationInMs: z.number(),
})

/** One's own tracks as this browser listed them last; whoever leaves takes them along. */
export const seenLibrary = createLastSeen('whatssound:seen-library', z.array(seenTrackSchema))
