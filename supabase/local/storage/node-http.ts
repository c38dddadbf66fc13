import { IncomingMessage, ServerResponse } from 'node:http'
import type { Context } from 'hono'

/**
 * Node's own request and response behind Hono's. Bytes of objects go through them: web streams cost several
 * times as much, and players fetch segments without end.
 */
export function nodeHttp(c: Context): { incoming: IncomingMessage; outgoing: ServerResponse } {
  const { incoming, outgoing } = (c.env ?? {}) as { incoming?: unknown; outgoing?: unknown }
  if (incoming instanceof IncomingMessage && outgoing instanceof ServerResponse) return { incoming, outgoing }
  throw new Error('The storage must be served by @hono/node-server')
}
