import { serverEnv } from '#lib/env/server.ts'
import { log } from '#lib/server/log.ts'

const patienceInMs = 2_000

/** 200 while Supabase answers this server, 503 while it does not. */
export async function GET(): Promise<Response> {
  const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY } = serverEnv()
  const isUp = await fetch(`${SUPABASE_URL}/auth/v1/health`, {
    headers: { apikey: SUPABASE_PUBLISHABLE_KEY },
    signal: AbortSignal.timeout(patienceInMs),
    cache: 'no-store',
  }).then(
    (response) => response.ok,
    (error: unknown) => {
      log.warn({ err: error }, 'Supabase does not answer')
      return false
    },
  )
  const body = { status: isUp ? 'ok' : 'unavailable' }
  return Response.json(body, { status: isUp ? 200 : 503, headers: { 'cache-control': 'no-store' } })
}
