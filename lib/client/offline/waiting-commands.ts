import type { Command } from '#lib/protocol/commands.ts'
import { isLate, type ListedStore, readOutbox } from '../session/outbox-store.ts'

/** What a person still has to send, over all their rooms. It goes out when its room is open again. */
export function waitingCommands(store: ListedStore, userId: string, nowInMs: number): Command[] {
  return readOutbox(store, { userId }, nowInMs)
    .filter(({ at }) => !isLate(at, nowInMs))
    .map(({ command }) => command)
}
