import type { IncomingMessage, ServerResponse } from 'node:http'
import { respondWithEvents, respondWithPoll } from './respond-on-node.ts'
import type { Streams } from './streams.ts'

/** @returns whether the request was a stream's; every other one was not touched */
export type ServeStreams = (request: IncomingMessage, response: ServerResponse) => boolean

const pathPattern = /^\/api\/sessions\/([^/?#]+)\/(events|poll)$/

/** Serves streams on bare node:http; they are opened at the first request that needs them. */
export function createServeStreams(streams: () => Streams): ServeStreams {
  return (request, response) => {
    const [path = '', search] = request.url?.split('?', 2) ?? []
    const [, id, kind] = pathPattern.exec(path) ?? []
    if (id === undefined || request.method !== 'GET') return false
    // Queued behind another answer on the same connection (pipelining, RFC 9112, 9.3.2): it would wait for ever.
    if (!response.socket) {
      request.socket.destroy()
      return true
    }
    // There is no body; reading to its end frees the request.
    request.resume()
    const respond = kind === 'events' ? respondWithEvents : respondWithPoll
    void respond(streams(), request, response, { id, path, query: new URLSearchParams(search) })
    return true
  }
}
