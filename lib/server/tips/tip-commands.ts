import { type CommandHandlers, callCommand } from '../sessions/command-handlers.ts'

export const tipCommands: CommandHandlers<'tip.set_goal'> = {
  'tip.set_goal': (db, sessionId, { commandId, amount, currency }) =>
    callCommand(db, 'set_tip_goal', {
      p_session_id: sessionId,
      p_command_id: commandId,
      p_amount: amount,
      p_currency: currency,
    }),
}
