import { type CommandHandlers, callCommand } from './command-handlers.ts'

export const sessionCommands: CommandHandlers<'session.update' | 'session.end'> = {
  'session.update': (db, sessionId, { commandId, title, requestsOpen }) =>
    callCommand(db, 'update_session', {
      p_session_id: sessionId,
      p_command_id: commandId,
      p_title: title ?? null,
      p_requests_open: requestsOpen ?? null,
    }),
  'session.end': (db, sessionId, { commandId }) =>
    callCommand(db, 'end_session', { p_session_id: sessionId, p_command_id: commandId }),
}
