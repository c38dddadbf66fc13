import type { Instrumentation } from 'next'

/** Runs once before the first request: a server whose environment is not complete does not start. */
export async function register(): Promise<void> {
  const { serverEnv } = await import('#lib/env/server.ts')
  serverEnv()
}

/** What Next caught: a page that failed to render, a route handler that threw past its wrapper. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  const { log } = await import('#lib/server/log.ts')
  const { method, path } = request
  log.error({ err: error, method, path, route: context.routePath, type: context.routeType }, 'request failed')
}
