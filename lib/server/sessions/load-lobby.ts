import 'server-only'
import { connection } from 'next/server'
import { z } from 'zod'
import { type SessionHead, sessionHeadSchema } from '#lib/protocol/session-heads.ts'
import { callFunction } from '../db/call-function.ts'
import { sharedAccess } from '../db/shared-access.ts'

/** The public sessions where somebody is now, the liveliest first. @throws CodedError */
export async function loadLobby(): Promise<SessionHead[]> {
  // While the app is built there is no request, and no lobby either.
  await connection()
  return callFunction(sharedAccess().anonymous, 'live_sessions', {}, z.array(sessionHeadSchema))
}
