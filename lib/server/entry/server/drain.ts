import type { Server } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * Stops accepting, lets running requests finish, and ends each kept-alive connection as soon as it is idle. Whatever
 * runs longer is cut off.
 */
export async function drain(server: Server, patienceInMs: number): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  // Closing ends what is idle now; a connection that becomes idle later would be kept alive.
  const sweep = setInterval(() => server.closeIdleConnections(), 50)
  await within(patienceInMs, closed)
  clearInterval(sweep)
  server.closeAllConnections()
}

/** Waits for something, but not forever. */
export async function within(patienceInMs: number, work: Promise<unknown>): Promise<void> {
  const late = new AbortController()
  await Promise.race([work, delay(patienceInMs, undefined, { signal: late.signal })])
  late.abort()
}
