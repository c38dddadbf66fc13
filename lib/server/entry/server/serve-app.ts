import next from 'next'
import { createServeClock } from '../../clock/create-serve-clock.ts'
import { createServerTime } from '../../clock/server-time.ts'
import { createServePlaylists } from '../../live/create-serve-playlists.ts'
import { thePlaylist } from '../../live/the-playlists.ts'
import { log } from '../../log.ts'
import { serveStreams } from '../../realtime/streams/serve-on-node.ts'
import { closeTheHub, theHub } from '../../realtime/the-hub.ts'
import { serveSessions } from '../../sessions/serve-sessions.ts'
import { type AppHandlers, createAppServer } from './app-server.ts'
import { serveInOrder } from './serve-in-order.ts'
import type { ServerSettings } from './settings.ts'

/** Serves the app in this process: Next's pages and routes, and before them what is asked for often. */
export async function serveApp(settings: ServerSettings): Promise<void> {
  const { port, host, dev } = settings
  // Before Next's copy of the module asks for it, so that what the hub counts is counted where it is read.
  theHub()
  const app = next({ dev, port, ...(host && { hostname: host }) })
  await app.prepare()
  const nextHandler = app.getRequestHandler()
  const serveClock = createServeClock(createServerTime())
  const servePlaylists = createServePlaylists({ playlist: thePlaylist, log })
  const pages: AppHandlers['pages'] = async (request, response) => {
    for (const serve of [serveClock, servePlaylists, serveSessions]) {
      if (await serve(request, response)) return
    }
    await nextHandler(request, response)
  }
  const server = createAppServer({ streams: serveStreams, pages }, log)
  await serveInOrder(server, settings, { closeStreams: closeTheHub, closePages: () => app.close() })
}
