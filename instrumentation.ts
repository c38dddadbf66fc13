import type { Instrumentation } from 'next'

/** Runs once before the first request: a server whose environment is not complete says so and ends. */
export async function register(): Promise<void> {
  const { serverEnv } = await import('#lib/env/server.ts')
  try {
    serverEnv()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}

/** What Next caught: a page that failed to render, a route handler that threw past its wrapper. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  const { log } = await import('#lib/server/log.ts')
  const { method, path } = request
  log.error({ err: error, method, path, route: context.routePath, type: context.routeType }, 'request failed')
}
