import { createServer, type Server } from 'node:http'
import { WebSocketServer } from 'ws'
import { createPeerRoom } from './room.ts'

/** `ws`, as its own broadcast example does it: one string to every client. Compression is off, as by default. */
export function rawWs(): Server {
  const room = createPeerRoom((envelope) => {
    const text = JSON.stringify(envelope)
    for (const client of sockets.clients) client.send(text)
  })
  const server = createServer(room.handlePost)
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (client) => client.send(JSON.stringify(room.greeting())))
  return server
}
