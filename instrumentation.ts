import type { Instrumentation } from 'next'

/**
 * Runs once before the first request: a server whose environment is not complete says so and ends. Our own server has
 * looked before (`lib/server/entry/server.ts`); this is for Next's. Next compiles it for its Edge runtime too, which has
 * no process to end.
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { serverEnv } = await import('#lib/env/server.ts')
    try {
      serverEnv()
    } catch (error) {
      console.error(error instanceof Error ? error.message : error)
      process.exit(1)
    }
  }
}

/** What Next caught: a page that failed to render, a route handler that threw past its wrapper. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  const { log } = await import('#lib/server/log.ts')
  const { method, path } = request
  log.error({ err: error, method, path, route: context.routePath, type: context.routeType }, 'request failed')
}
