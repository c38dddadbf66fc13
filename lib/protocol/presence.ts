import { z } from 'zod'

/** So many of its readers a hub names in Presence; of the others it says how many they are. */
export const namedReadersMax = 200

const hubEntrySchema = z.object({
  instance: z.string().min(1).max(100),
  userIds: z.array(z.uuid()).max(namedReadersMax).readonly(),
  count: z.number().int().nonnegative().max(100_000),
})
/** What a hub tracks of its readers: how many they are, and who some of them are. */
export type HubEntry = z.infer<typeof hubEntrySchema>

const personEntrySchema = z.object({ userId: z.uuid() })

/** What stands in a session's Presence: a WebSocket client by itself, or a hub for its readers. */
export type PresenceEntry = z.infer<typeof personEntrySchema> | HubEntry

const entrySchema = z.union([hubEntrySchema, personEntrySchema])
const entriesByKey = z.record(z.string(), z.array(z.unknown()))

/**
 * The entries in a Presence state of realtime-js. It is what each client says of itself, so anything may stand there:
 * what is none of ours is left out, and an id is no more than a claim.
 */
export function parsePresence(presenceState: unknown): PresenceEntry[] {
  const entries = Object.values(entriesByKey.safeParse(presenceState).data ?? {}).flat()
  return entries.flatMap((entry) => entrySchema.safeParse(entry).data ?? [])
}
