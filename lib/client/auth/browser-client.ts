import { createBrowserClient } from '@supabase/ssr'
import type { SupabaseClient } from '@supabase/supabase-js'
import { nextRetryDelayInMs } from '#lib/domain/retry/retry-delay.ts'
import { authCookie, type PublicConfig } from '#lib/protocol/public-config.ts'

/**
 * The browser's one Supabase client: auth session in cookies that the server reads too, Realtime whose heartbeat
 * runs in a worker (timers of a background tab are throttled) and whose reconnects are spread by full jitter.
 */
export function browserClient(config: Pick<PublicConfig, 'supabaseUrl' | 'supabaseKey'>): SupabaseClient {
  return createBrowserClient(config.supabaseUrl, config.supabaseKey, {
    cookieOptions: authCookie(location.origin),
    realtime: {
      worker: typeof Worker !== 'undefined',
      reconnectAfterMs: (tries) => nextRetryDelayInMs(tries - 1, Math.random),
      // Where another way is taken, the socket is not tried again and again for nobody.
      disconnectOnEmptyChannelsAfterMs: 2_000,
    },
  })
}
