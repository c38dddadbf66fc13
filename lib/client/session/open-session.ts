import type { AuthClient, Supabase } from '#lib/client/auth/auth-client.ts'
import { newId } from '#lib/client/new-id.ts'
import { chooseTransport } from '#lib/client/transports/choose-transport.ts'
import { createLongPoll } from '#lib/client/transports/long-poll.ts'
import type { OwnServer } from '#lib/client/transports/own-server.ts'
import { createSse } from '#lib/client/transports/sse.ts'
import { createSupabaseWebsocket } from '#lib/client/transports/supabase-websocket.ts'
import { createWayMemory } from '#lib/client/transports/way-memory.ts'
import { storageOf } from '../storage-of.ts'
import { networkKind, onWake } from './browser-world.ts'
import { createSessionApi } from './session-api.ts'
import { createSessionClient, type SessionClient } from './session-client.ts'

/** Opens a session in this browser, as the signed-in person `userId`. Whoever opens it destroys it. */
export function openSession(options: {
  auth: Pick<AuthClient, 'request' | 'refreshAuth'>
  supabase: Supabase
  userId: string
  sessionId: string
  invitation?: string | null
}): SessionClient {
  const { auth, supabase, userId, sessionId, invitation = null } = options
  const api = createSessionApi(sessionId, invitation, auth.request)
  const server: OwnServer = {
    fetch: (path, init) => fetch(path, init),
    refreshAuth: auth.refreshAuth,
    random: Math.random,
  }
  const transport = chooseTransport({
    transports: {
      websocket: createSupabaseWebsocket(supabase, userId),
      sse: createSse(server),
      long_poll: createLongPoll(server),
    },
    askWays: async () => (await api.join()).ways,
    memory: createWayMemory({ store: storageOf('localStorage'), network: networkKind, now: Date.now }),
    now: Date.now,
    random: Math.random,
  })
  return createSessionClient({
    sessionId,
    api,
    transport,
    store: storageOf('localStorage'),
    now: Date.now,
    random: Math.random,
    newId,
    onWake,
  })
}
