import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { type LineFault, type LineFlow, openLineFlow } from './line-flow.ts'

/** A line to a server, on loopback, that can be made to suffer what lines suffer. */
export type TcpProxy = {
  url: string
  /** Replaces the fault of all connections, also of later ones; null heals the line. */
  suffer: (fault: LineFault | null) => void
  /** Resets every connection, as a router does that has forgotten them. */
  cut: () => void
  /** Ends one direction of every connection (FIN), towards the client or towards the server. */
  halfClose: (towards: 'client' | 'server') => void
  close: () => Promise<void>
}

type Connection = { near: Socket; far: Socket; up: LineFlow; down: LineFlow }

/** Opens a line to `targetUrl`; `random` decides what jitter does. */
export async function openTcpProxy(targetUrl: string, random: () => number = Math.random): Promise<TcpProxy> {
  const { hostname, port } = new URL(targetUrl)
  const connections = new Set<Connection>()
  let fault: LineFault | null = null

  const accept = (near: Socket): void => {
    if (fault?.kind === 'refuse') {
      near.resetAndDestroy()
      return
    }
    const far = connect({ port: Number(port), host: hostname, allowHalfOpen: true, noDelay: true })
    const up = openLineFlow(near, far, random)
    const down = openLineFlow(far, near, random)
    const connection = { near, far, up, down }
    connections.add(connection)
    for (const flow of [up, down]) flow.suffer(fault)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      socket.on('error', () => other.resetAndDestroy())
      socket.on('close', () => {
        if (other.destroyed) connections.delete(connection)
      })
    }
  }

  const server = createServer({ allowHalfOpen: true, noDelay: true }, accept)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = (): void => {
    for (const { near, far } of connections) {
      near.resetAndDestroy()
      far.resetAndDestroy()
    }
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    suffer: (next) => {
      fault = next
      for (const { up, down } of connections) {
        up.suffer(fault)
        down.suffer(fault)
      }
    },
    cut,
    halfClose: (towards) => {
      for (const { up, down } of connections) (towards === 'client' ? down : up).end()
    },
    close: async () => {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
