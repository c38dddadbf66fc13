import { createClient } from '@supabase/supabase-js'
import { chooseTransport } from '#lib/client/transports/choose-transport.ts'
import { createLongPoll } from '#lib/client/transports/long-poll.ts'
import type { OwnServer } from '#lib/client/transports/own-server.ts'
import { createSse } from '#lib/client/transports/sse.ts'
import { createSupabaseWebsocket } from '#lib/client/transports/supabase-websocket.ts'
import type { Transport } from '#lib/client/transports/transport.ts'
import { createWayMemory } from '#lib/client/transports/way-memory.ts'
import { nextRetryDelayInMs } from '#lib/domain/retry/retry-delay.ts'
import type { Way } from '#lib/protocol/session-requests.ts'
import type { SeededPerson } from '#lib/testing/seed-people.ts'
import type { Lines, Listening } from './messages.ts'

/** The way down that a client is set to, made as `openSession` makes it in a browser. */
export function createTransport(options: {
  publishableKey: string
  person: SeededPerson
  listening: Listening
  lines: Lines
  fetch: OwnServer['fetch']
  askWays: () => Promise<readonly Way[]>
}): Transport {
  const { publishableKey, person, listening, lines, fetch, askWays } = options
  // The tokens of seeded people outlive every run.
  const server: OwnServer = { fetch, refreshAuth: async () => {}, random: Math.random }
  const createWebsocket = (): Transport => {
    const supabase = createClient(lines.supabaseUrl, publishableKey, {
      accessToken: async () => person.accessToken,
      realtime: { reconnectAfterMs: (tries) => nextRetryDelayInMs(tries - 1, Math.random) },
    })
    return createSupabaseWebsocket(supabase, person.userId)
  }
  if (listening === 'websocket') return createWebsocket()
  if (listening === 'sse') return createSse(server)
  if (listening === 'long_poll') return createLongPoll(server)
  return chooseTransport({
    transports: { websocket: createWebsocket(), sse: createSse(server), long_poll: createLongPoll(server) },
    askWays,
    memory: createWayMemory({ store: null, network: () => '', now: Date.now }),
    now: Date.now,
    random: Math.random,
  })
}
