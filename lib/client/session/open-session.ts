import type { AuthClient } from '#lib/client/auth/auth-client.ts'
import { newId } from '#lib/client/new-id.ts'
import { createSupabaseWebsocket } from '#lib/client/transports/supabase-websocket.ts'
import { onWake } from './on-wake.ts'
import { createSessionApi } from './session-api.ts'
import { createSessionClient, type SessionClient } from './session-client.ts'

/** Opens a session in this browser, as the signed-in person `userId`. Whoever opens it destroys it. */
export function openSession(options: {
  auth: AuthClient
  userId: string
  sessionId: string
  invitation?: string | null
}): SessionClient {
  const { auth, userId, sessionId, invitation = null } = options
  return createSessionClient({
    sessionId,
    api: createSessionApi(sessionId, invitation, auth.request),
    transport: createSupabaseWebsocket(auth.supabase, userId),
    store: window.sessionStorage,
    now: Date.now,
    random: Math.random,
    newId,
    onWake,
  })
}
