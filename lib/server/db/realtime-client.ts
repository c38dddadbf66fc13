import { createClient } from '@supabase/supabase-js'
import type { ServerEnv } from '#lib/env/server.ts'
import { type Db, stateless } from './clients.ts'
import type { Database } from './database.types.ts'

/** Heartbeats tell a dead connection from a quiet one; realtime-js' own 25 s would leave a hub deaf for long. */
const heartbeatIntervalInMs = 10_000

/**
 * One more connection to Realtime with the service's rights, opened by its first channel and closed after its last.
 * `retryDelayInMs` says how long to wait after the failure number `attempt + 1`.
 */
export function serviceRealtime(env: ServerEnv, retryDelayInMs: (attempt: number) => number): Db {
  return createClient<Database>(env.SUPABASE_URL, env.SUPABASE_SECRET_KEY, {
    ...stateless,
    realtime: {
      heartbeatIntervalMs: heartbeatIntervalInMs,
      reconnectAfterMs: (tries) => retryDelayInMs(tries - 1),
    },
  })
}
