import { type CommandHandlers, callCommand } from '../sessions/command-handlers.ts'

export const queueCommands: CommandHandlers<'queue.add' | 'queue.remove' | 'queue.move' | 'queue.unpin'> = {
  'queue.add': (db, sessionId, { commandId, trackId }) =>
    callCommand(db, 'add_to_queue', {
      p_session_id: sessionId,
      p_command_id: commandId,
      p_track_id: trackId,
    }),
  'queue.remove': (db, sessionId, { commandId, itemId }) =>
    callCommand(db, 'remove_from_queue', {
      p_session_id: sessionId,
      p_command_id: commandId,
      p_item_id: itemId,
    }),
  'queue.move': (db, sessionId, { commandId, itemId, beforeItemId }) =>
    callCommand(db, 'move_in_queue', {
      p_session_id: sessionId,
      p_command_id: commandId,
      p_item_id: itemId,
      p_before_item_id: beforeItemId,
    }),
  'queue.unpin': (db, sessionId, { commandId, itemId }) =>
    callCommand(db, 'unpin_item', { p_session_id: sessionId, p_command_id: commandId, p_item_id: itemId }),
}
