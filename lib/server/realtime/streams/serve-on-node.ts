import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * Serves what a session's readers keep open, on bare node:http: `/api/sessions/[id]/events` and `/poll`.
 * @returns Whether the request was one of those. Everything else, and for now these too, is left to Next.
 */
export function serveStreams(_request: IncomingMessage, _response: ServerResponse): boolean {
  return false
}
