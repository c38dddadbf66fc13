import type { z } from 'zod'
import { createLastSeen } from './last-seen.ts'
import type { seenLibrarySchema, seenLobbySchema } from './seen-schemas.ts'

/** The lobby that this browser saw last. */
export const seenLobby = createLastSeen<z.infer<typeof seenLobbySchema>>('whatssound:seen-lobby')

/** One's own tracks as this browser listed them last; whoever leaves takes them along. */
export const seenLibrary = createLastSeen<z.infer<typeof seenLibrarySchema>>('whatssound:seen-library')
