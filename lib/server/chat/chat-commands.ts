import { type CommandHandlers, callCommand } from '../sessions/command-handlers.ts'
import { theReactions } from './the-reactions.ts'

export const chatCommands: CommandHandlers<'chat.send' | 'chat.remove' | 'react'> = {
  'chat.send': (db, sessionId, { commandId, text }) =>
    callCommand(db, 'send_message', { p_session_id: sessionId, p_command_id: commandId, p_text: text }),
  'chat.remove': (db, sessionId, { commandId, messageId }) =>
    callCommand(db, 'remove_message', {
      p_session_id: sessionId,
      p_command_id: commandId,
      p_message_id: messageId,
    }),
  react: async (_db, sessionId, { commandId, emoji }, userId) => {
    await theReactions().add(sessionId, { userId, commandId, emoji })
    return { commandId, seq: null }
  },
}
