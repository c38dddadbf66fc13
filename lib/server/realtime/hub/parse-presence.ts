import { z } from 'zod'
import type { PresenceEntry } from './hub-deps.ts'

const entrySchema = z.union([
  z.object({
    instance: z.string().min(1).max(100),
    userIds: z.array(z.uuid()).max(200),
    count: z.number().int().nonnegative().max(100_000),
  }),
  z.object({ userId: z.uuid() }),
])
const entriesByKey = z.record(z.string(), z.array(z.unknown()))

/** The entries in a Presence state. Anything may stand there, said by anybody; what is none of ours is left out. */
export function parsePresence(presenceState: unknown): PresenceEntry[] {
  const entries = Object.values(entriesByKey.safeParse(presenceState).data ?? {}).flat()
  return entries.flatMap((entry) => entrySchema.safeParse(entry).data ?? [])
}
