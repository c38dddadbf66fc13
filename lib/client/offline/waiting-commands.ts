import type { Command } from '#lib/protocol/commands.ts'
import { outboxKeyPrefix, readOutbox } from '../session/outbox.ts'

/** What this tab still has to send, over all its rooms. It goes out when its room is open again. */
export function waitingCommands(storage: Storage, nowInMs: number): Command[] {
  return Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')
    .filter((key) => key.startsWith(outboxKeyPrefix))
    .flatMap((key) => readOutbox(storage, key, nowInMs).map(({ command }) => command))
}
