import next from 'next'
import { log } from '../../log.ts'
import { serveStreams } from '../../realtime/streams/serve-on-node.ts'
import { endInOrder } from '../end-in-order.ts'
import { createAppServer, listen } from './app-server.ts'
import { drain, within } from './drain.ts'
import type { ServerSettings } from './settings.ts'

/** How long running requests may take once the process was asked to end; the development server's are not worth waiting. */
const drainPatienceInMs = 5_000
const closePatienceInMs = 1_000

/** Serves the app in this process: Next's pages and routes, and before them the streams. */
export async function serveApp({ port, host, dev }: ServerSettings): Promise<void> {
  const app = next({ dev, port, ...(host && { hostname: host }) })
  const server = createAppServer({ streams: serveStreams, pages: app.getRequestHandler() }, log)
  await app.prepare()
  endInOrder(async () => {
    log.info('ending')
    await drain(server, dev ? 0 : drainPatienceInMs)
    await within(closePatienceInMs, app.close())
  })
  // Only now, so that a connection goes to a process that can serve it.
  await listen(server, port, host)
  log.info({ port }, 'listening')
}
