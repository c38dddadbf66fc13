import 'server-only'
import { z } from 'zod'
import { serverEnv } from '#lib/env/server.ts'
import { type SessionHead, sessionHeadSchema } from '#lib/protocol/session-heads.ts'
import { callFunction } from '../db/call-function.ts'
import { anonymousDb } from '../db/clients.ts'

/** The public sessions where somebody is now, the liveliest first. @throws CodedError */
export function loadLobby(): Promise<SessionHead[]> {
  return callFunction(anonymousDb(serverEnv()), 'live_sessions', {}, z.array(sessionHeadSchema))
}
