import { z } from 'zod'
import type { Acknowledgement } from '#lib/protocol/commands.ts'
import { envelopeSchema } from '#lib/protocol/envelope.ts'
import { callFunction, type FunctionArgs, type FunctionName } from '../db/call-function.ts'
import type { Rpc } from '../db/clients.ts'
import { feedTheHub } from '../realtime/the-hub.ts'
import type { CommandHandlers } from './command-handlers.ts'

type MemberCommandKind = 'member.mute' | 'member.ban' | 'member.unban' | 'member.set_role'

/** What is decided over people. Each sets how somebody stands, so SQL keeps no command's id: they are sent once. */
export const memberCommands: CommandHandlers<MemberCommandKind> = {
  'member.mute': (db, sessionId, { commandId, userId, minutes }) =>
    decide(db, commandId, 'mute_member', {
      p_session_id: sessionId,
      p_user_id: userId,
      p_minutes: minutes,
    }),
  'member.ban': (db, sessionId, { commandId, userId }) =>
    decide(db, commandId, 'ban_member', { p_session_id: sessionId, p_user_id: userId }),
  'member.unban': (db, sessionId, { commandId, userId }) =>
    decide(db, commandId, 'unban_member', { p_session_id: sessionId, p_user_id: userId }),
  'member.set_role': (db, sessionId, { commandId, userId, role }) =>
    decide(db, commandId, 'set_member_role', { p_session_id: sessionId, p_user_id: userId, p_role: role }),
}

/** A ban answers with what it told the room: its readers here are to be gone at once. */
const answerSchema = z.object({ envelope: envelopeSchema.optional().catch(undefined) })

async function decide<N extends FunctionName>(
  db: Rpc,
  commandId: string,
  name: N,
  args: FunctionArgs<N>,
): Promise<Acknowledgement> {
  const { envelope } = await callFunction(db, name, args, answerSchema)
  if (envelope) feedTheHub(envelope)
  return { commandId, seq: envelope?.to ?? null }
}
