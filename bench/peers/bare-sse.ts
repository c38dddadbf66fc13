import { createServer, type Server, type ServerResponse } from 'node:http'
import type { Envelope } from '#lib/protocol/envelope.ts'
import { createPeerRoom } from './room.ts'

/** The floor: node:http and `res.write` in a loop, the event's text made once. No sign-in, no log, no resume. */
export function bareSse(): Server {
  const readers = new Set<ServerResponse>()
  const event = (envelope: Envelope): Buffer =>
    Buffer.from(`event: envelope\nid: ${envelope.to}\ndata: ${JSON.stringify(envelope)}\n\n`)
  const room = createPeerRoom((envelope) => {
    const bytes = event(envelope)
    for (const reader of readers) reader.write(bytes)
  })
  return createServer((request, response) => {
    if (request.method === 'POST') return room.handlePost(request, response)
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    response.write(event(room.greeting()))
    readers.add(response)
    response.once('close', () => readers.delete(response))
  })
}
