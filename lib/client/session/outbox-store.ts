import { z } from 'zod'
import { commandSchema } from '#lib/protocol/commands.ts'
import { personalKey } from '../personal-keys.ts'

/** A command that nobody has answered yet, and when it was given. */
const entrySchema = z.object({ command: commandSchema, at: z.number() })
export type OutboxEntry = z.infer<typeof entrySchema>

/** The part of `Storage` with which one can also look for what one does not know. */
export type ListedStore = Pick<Storage, 'length' | 'key' | 'getItem' | 'setItem' | 'removeItem'>

/**
 * Keeps a person's commands in a session until they are answered, each under a key of its own: tabs do not overwrite each
 * other's, and need no lock.
 */
export type OutboxStore = {
  /** What may still be sent, and messages that are late; of what else is late nothing is worth keeping. */
  read: () => { inTime: OutboxEntry[]; late: OutboxEntry[] }
  keep: (entry: OutboxEntry) => void
  forget: (commandId: string) => void
}

/** After this long a person is told that it failed: it may be too late to say it, and the others heard other music. */
const sentWithinInMs = 3 * 60_000
/** A message that nobody came back for. */
const keptForInMs = 12 * 3_600_000

export const isLate = (atInMs: number, nowInMs: number) => nowInMs - atInMs > sentWithinInMs

export function createOutboxStore(
  store: ListedStore | null,
  { sessionId, userId, now }: { sessionId: string; userId: string; now: () => number },
): OutboxStore {
  const forget = (commandId: string) => store?.removeItem(keyOf(commandId))
  const keyOf = (commandId: string) => personalKey('whatssound:outbox', `${sessionId}:${commandId}`, userId)
  return {
    read() {
      const entries = readOutbox(store, { sessionId, userId }, now())
      const late = entries.filter(({ at }) => isLate(at, now()))
      const inTime = entries.filter((entry) => !late.includes(entry))
      for (const { command } of late) if (command.kind !== 'chat.send') forget(command.commandId)
      return { inTime, late: late.filter(({ command }) => command.kind === 'chat.send') }
    },
    keep(entry) {
      try {
        store?.setItem(keyOf(entry.command.commandId), JSON.stringify(entry))
      } catch {
        // Full: it is sent all the same, as long as this tab is open.
      }
    },
    forget,
  }
}

/** What a person's outboxes keep, of one session or of all, in its order; what is too old or cannot be read goes. */
export function readOutbox(
  store: ListedStore | null,
  { sessionId, userId }: { sessionId?: string; userId: string },
  nowInMs: number,
): OutboxEntry[] {
  if (!store) return []
  const keys = Array.from({ length: store.length }, (_, index) => store.key(index) ?? '')
  const isOurs = (key: string) =>
    key.startsWith(`whatssound:outbox:${sessionId ?? ''}`) && key.endsWith(`:${userId}`)
  const entries = keys.filter(isOurs).flatMap((key) => {
    const entry = parseEntry(store.getItem(key))
    if (entry && nowInMs - entry.at <= keptForInMs) return [entry]
    store.removeItem(key)
    return []
  })
  return entries.sort((a, b) => a.at - b.at)
}

function parseEntry(json: string | null): OutboxEntry | null {
  try {
    return entrySchema.parse(JSON.parse(json ?? ''))
  } catch {
    return null
  }
}
