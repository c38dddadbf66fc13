import { createServer, type Server } from 'node:http'
import { Server as SocketIo } from 'socket.io'
import { createPeerRoom } from './room.ts'

/** Socket.IO 4 with `io.emit`, which encodes and frames once for all; over WebSocket alone, its quickest way. */
export function socketIo(): Server {
  const room = createPeerRoom((envelope) => io.emit('envelope', envelope))
  const server = createServer(room.handlePost)
  const io = new SocketIo(server, { transports: ['websocket'], serveClient: false })
  io.on('connection', (client) => client.emit('envelope', room.greeting()))
  return server
}
