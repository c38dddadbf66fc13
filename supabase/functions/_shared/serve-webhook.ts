import { parseFunctionEnv } from '#lib/env/function.ts'
import type { ServerEnv } from '#lib/env/server.ts'
import type { Log } from '#lib/server/log.ts'
import { createConsoleLog } from './console-log.ts'

type Handle = (request: Request) => Promise<Response>

/**
 * Serves as an Edge Function what a route of Next's serves too. An environment that is not complete is said at the start, and
 * then nothing is served. Next lets POST alone through by the name of what a route exports; here it is asked for.
 */
export function serveWebhook(name: string, open: (env: ServerEnv, log: Log) => Handle): void {
  const env = parseFunctionEnv(Deno.env.toObject())
  const handle = open(env, createConsoleLog(env.LOG_LEVEL, { service: name }))
  Deno.serve((request) =>
    request.method === 'POST'
      ? handle(request)
      : new Response(null, { status: 405, headers: { allow: 'POST' } }),
  )
}
