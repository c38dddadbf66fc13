import type { CommandKind } from '#lib/protocol/commands.ts'
import { type CommandHandlers, callCommand } from '../sessions/command-handlers.ts'

type PlaybackKind = Extract<CommandKind, `playback.${string}`>

export const playbackCommands: CommandHandlers<PlaybackKind> = {
  'playback.play': (db, sessionId, { commandId, itemId }) =>
    callCommand(db, 'play', { p_session_id: sessionId, p_command_id: commandId, p_item_id: itemId }),
  'playback.pause': (db, sessionId, { commandId }) =>
    callCommand(db, 'pause', { p_session_id: sessionId, p_command_id: commandId }),
  'playback.seek': (db, sessionId, { commandId, positionInMs, expectedRev }) =>
    callCommand(db, 'seek', {
      p_session_id: sessionId,
      p_command_id: commandId,
      p_position_ms: positionInMs,
      p_expected_rev: expectedRev,
    }),
  'playback.next': (db, sessionId, { commandId, expectedRev }) =>
    callCommand(db, 'next_track', {
      p_session_id: sessionId,
      p_command_id: commandId,
      p_expected_rev: expectedRev,
    }),
  'playback.set_crossfade': (db, sessionId, { commandId, crossfadeInMs }) =>
    callCommand(db, 'set_crossfade', {
      p_session_id: sessionId,
      p_command_id: commandId,
      p_crossfade_ms: crossfadeInMs,
    }),
  'playback.loop': (db, sessionId, { commandId, region, expectedRev }) =>
    callCommand(db, 'set_loop', {
      p_session_id: sessionId,
      p_command_id: commandId,
      p_start_ms: region?.startInMs ?? null,
      p_end_ms: region?.endInMs ?? null,
      p_expected_rev: expectedRev,
    }),
  'playback.advance': (db, sessionId, { commandId, expectedRev }) =>
    callCommand(db, 'advance_queue', {
      p_session_id: sessionId,
      p_command_id: commandId,
      p_expected_rev: expectedRev,
    }),
}
