import type { z } from 'zod'
import { personalKey } from '../personal-keys.ts'
import { createLastSeen } from './last-seen.ts'
import type { seenLibrarySchema, seenLobbySchema } from './seen-schemas.ts'

/** The lobby that this browser saw last. */
export const seenLobby = createLastSeen<z.infer<typeof seenLobbySchema>>('whatssound:seen-lobby')

/** A person's own tracks as this browser listed them last. */
export const seenLibraryOf = (userId: string) =>
  createLastSeen<z.infer<typeof seenLibrarySchema>>(personalKey('whatssound:seen-library', userId))
