import { type CommandHandlers, callCommand } from '../sessions/command-handlers.ts'

export const tipCommands: CommandHandlers<'tip.set_goal' | 'tip.remove_words'> = {
  'tip.set_goal': (db, sessionId, { commandId, amount, currency }) =>
    callCommand(db, 'set_tip_goal', {
      p_session_id: sessionId,
      p_command_id: commandId,
      p_amount: amount,
      p_currency: currency,
    }),
  'tip.remove_words': (db, sessionId, { commandId, tipId }) =>
    callCommand(db, 'remove_tip_words', {
      p_session_id: sessionId,
      p_command_id: commandId,
      p_tip_id: tipId,
    }),
}
