import cluster from 'node:cluster'
import type { Server } from 'node:http'
import { log } from '../../log.ts'
import { endInOrder } from '../end-in-order.ts'
import { listen } from './app-server.ts'
import { drain, within } from './drain.ts'
import type { ServerSettings } from './settings.ts'
import { untilForksStart } from './start-together.ts'

/** In all less than the supervisor's patience. */
const goodbyePatienceInMs = 1_000
const drainPatienceInMs = 5_000
const closePatienceInMs = 1_000

/**
 * Serves until this process is asked to end. Then the streams say goodbye, running requests finish, and nothing that is
 * late holds up the end. The development server's requests are not waited for.
 */
export async function serveInOrder(
  server: Server,
  { port, host, dev }: Pick<ServerSettings, 'port' | 'host' | 'dev'>,
  { closeStreams, closePages }: { closeStreams: () => Promise<void>; closePages: () => Promise<void> },
): Promise<void> {
  endInOrder(async () => {
    log.info('ending')
    // First, since closing the server takes a stream for an idle connection.
    await within(goodbyePatienceInMs, closeStreams())
    await drain(server, dev ? 0 : drainPatienceInMs)
    await within(closePatienceInMs, closePages())
  })
  if (cluster.isWorker) await untilForksStart()
  await listen(server, { port, host, shared: cluster.isWorker })
  log.info({ port }, 'listening')
}
