import type { Acknowledgement, Command } from '#lib/protocol/commands.ts'
import type { ErrorCode } from '#lib/protocol/errors.ts'

type WithoutId<C> = C extends Command ? Omit<C, 'commandId'> : never

/** What a view asks for; the client gives it its `commandId`. */
export type CommandInput = WithoutId<Command>

/** How a command ended. */
export type CommandResult =
  | { ok: true; acknowledgement: Acknowledgement }
  | { ok: false; code: ErrorCode; retryAfterInMs?: number }
