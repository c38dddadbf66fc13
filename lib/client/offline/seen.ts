import type { z } from 'zod'
import { createLastSeen } from './last-seen.ts'
import type { seenLibrarySchema, seenLobbySchema } from './seen-schemas.ts'

/** The lobby that this browser saw last. */
export const seenLobby = createLastSeen<z.infer<typeof seenLobbySchema>>('whatssound:seen-lobby')

const libraryKey = 'whatssound:seen-library'
const libraryKeyOf = (userId: string) => `${libraryKey}:${userId}`

/** A person's own tracks as this browser listed them last. */
export const seenLibraryOf = (userId: string) =>
  createLastSeen<z.infer<typeof seenLibrarySchema>>(libraryKeyOf(userId))

/** Whoever leaves takes their tracks along, in whatever way they left: `userId` is who is here now. */
export function forgetOtherLibraries(userId: string | null, storage: Storage): void {
  const own = userId && libraryKeyOf(userId)
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')
  for (const key of keys) if (key.startsWith(libraryKey) && key !== own) storage.removeItem(key)
}
