import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Log } from '../../log.ts'

export type AppHandlers = {
  /** Serves what is kept open, on the bare socket; false: it was none of that. */
  streams: (request: IncomingMessage, response: ServerResponse) => boolean
  /** Everything else. */
  pages: (request: IncomingMessage, response: ServerResponse) => Promise<void>
}

/** The app's HTTP server: streams before pages, and an answer whatever a handler throws. */
export function createAppServer(handlers: AppHandlers, log: Log): Server {
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      if (!handlers.streams(request, response)) await handlers.pages(request, response)
    } catch (error) {
      log.error({ err: error, method: request.method, path: request.url }, 'request failed')
      if (response.headersSent) response.destroy()
      else response.writeHead(500, { 'content-type': 'text/plain' }).end('Internal Server Error')
    }
  }
  return createServer(serve)
}

/** Node's default of 511 loses connections when a whole room comes at once; the system cuts this to what it allows. */
const backlog = 4096

/**
 * Resolves once the server listens. With `shared`, other processes listen on the same port; where the system has
 * SO_REUSEPORT, it deals the connections out evenly by itself, otherwise Node's primary process does.
 *
 * @throws the system's error, for instance EADDRINUSE
 */
export function listen(
  server: Server,
  { port, host, shared = false }: { port: number; host: string | undefined; shared?: boolean },
): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host, backlog, reusePort: shared && process.platform === 'linux' }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
