import { type CommandHandlers, callCommand } from '../sessions/command-handlers.ts'

export const voteCommands: CommandHandlers<'queue.vote'> = {
  'queue.vote': (db, sessionId, { commandId, itemId, voted }) =>
    callCommand(db, 'vote', {
      p_session_id: sessionId,
      p_command_id: commandId,
      p_item_id: itemId,
      p_voted: voted,
    }),
}
