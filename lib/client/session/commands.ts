import type { Command } from '#lib/protocol/commands.ts'
import type { ErrorCode } from '#lib/protocol/errors.ts'

type WithoutId<C> = C extends Command ? Omit<C, 'commandId'> : never

/** What a view asks for; the client gives it its `commandId`. */
export type CommandInput = WithoutId<Command>

/** How a command ended. `seq` is the event that it wrote, if it wrote one. */
export type CommandResult =
  | { ok: true; seq: number | null }
  | { ok: false; code: ErrorCode; retryAfterInMs?: number }
