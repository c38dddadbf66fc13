import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import { bareSse } from './bare-sse.ts'
import { rawWs } from './raw-ws.ts'
import { socketIo } from './socket-io.ts'

/** One peer in a process of its own: `peer-process.ts <name>`. Tells its parent the port and ends with it. */
const servers = { 'bare-sse': bareSse, ws: rawWs, 'socket.io': socketIo }
const name = z.enum(['bare-sse', 'ws', 'socket.io']).parse(process.argv[2])

const server = servers[name]()
// Longer than any pause between two posts, so that none meets a closing connection.
server.keepAliveTimeout = 120_000
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () =>
  process.send?.({ port: (server.address() as AddressInfo).port }),
)
process.on('disconnect', () => process.exit(0))
