import { z } from 'zod'
import { CodedError } from '#lib/protocol/errors.ts'
import { callFunction, toCodedError } from '../db/call-function.ts'
import type { Db } from '../db/clients.ts'

/**
 * Removes an account and everything that is the person's; what others need stays without them (`erase_traces`). Sessions
 * that are live end first, so that whoever listens is told.
 * @throws CodedError
 */
export async function deleteAccount({
  db,
  service,
  userId,
}: {
  db: Db
  service: Db
  userId: string
}): Promise<{ deleted: true }> {
  const { data: live, error } = await db
    .from('dj_sessions')
    .select('id')
    .eq('dj_id', userId)
    .eq('status', 'live')
  if (error) throw toCodedError(error)
  for (const { id } of live) {
    const args = { p_session_id: id, p_command_id: crypto.randomUUID() }
    await callFunction(db, 'end_session', args, z.unknown())
  }
  const deletion = await service.auth.admin.deleteUser(userId)
  if (deletion.error) throw new CodedError('unavailable', { cause: deletion.error })
  return { deleted: true }
}
