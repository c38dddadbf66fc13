import type { Acknowledgement, Command, CommandKind } from '#lib/protocol/commands.ts'
import { chatCommands } from '../chat/chat-commands.ts'
import type { Rpc } from '../db/clients.ts'
import { playbackCommands } from '../playback/playback-commands.ts'
import { queueCommands } from '../queue/queue-commands.ts'
import { voteCommands } from '../votes/vote-commands.ts'
import type { CommandHandlers } from './command-handlers.ts'
import { sessionCommands } from './session-commands.ts'

/** One handler a kind of command; a kind without one does not compile. */
const handlers: CommandHandlers<CommandKind> = {
  ...chatCommands,
  ...queueCommands,
  ...voteCommands,
  ...playbackCommands,
  ...sessionCommands,
}

/**
 * Carries out a command as the client's person. SQL decides whether they may, and makes a repeat harmless.
 * @throws CodedError
 */
export function runCommand(db: Rpc, sessionId: string, command: Command): Promise<Acknowledgement> {
  const handle = handlers[command.kind] as (
    db: Rpc,
    sessionId: string,
    command: Command,
  ) => Promise<Acknowledgement>
  return handle(db, sessionId, command)
}
