import type { Acknowledgement, Command, CommandKind } from '#lib/protocol/commands.ts'
import { chatCommands } from '../chat/chat-commands.ts'
import type { Rpc } from '../db/clients.ts'
import type { Caller } from '../http/session-route.ts'
import { playbackCommands } from '../playback/playback-commands.ts'
import { queueCommands } from '../queue/queue-commands.ts'
import { tipCommands } from '../tips/tip-commands.ts'
import { voteCommands } from '../votes/vote-commands.ts'
import type { CommandHandlers } from './command-handlers.ts'
import { memberCommands } from './member-commands.ts'
import { sessionCommands } from './session-commands.ts'

/** One handler a kind of command; a kind without one does not compile. */
const handlers: CommandHandlers<CommandKind> = {
  ...chatCommands,
  ...queueCommands,
  ...voteCommands,
  ...playbackCommands,
  ...sessionCommands,
  ...memberCommands,
  ...tipCommands,
}

/**
 * Carries out a command of somebody's. SQL decides whether they may, and makes a repeat harmless.
 * @throws CodedError
 */
export function runCommand(caller: Caller, sessionId: string, command: Command): Promise<Acknowledgement> {
  const handle = handlers[command.kind] as (
    db: Rpc,
    sessionId: string,
    command: Command,
    userId: string,
  ) => Promise<Acknowledgement>
  return handle(caller.db, sessionId, command, caller.userId)
}
