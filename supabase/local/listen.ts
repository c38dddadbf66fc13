import type { Server } from 'node:http'

/** Listens and resolves with the port, which is a free one where 0 was asked for. */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      const address = server.address()
      if (address && typeof address === 'object') resolve(address.port)
      else reject(new Error(`The server has no port: ${address}`))
    })
  })
}
