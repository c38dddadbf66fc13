import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { PortInUse } from './refusals.ts'

/** How long to wait for what an earlier run holds: one that was killed needs a moment to end. */
export const usualPatienceInMs = 5_000

/** Resolves when nothing listens on a port; throws PortInUse when that does not happen in time. */
export async function untilPortIsFree(
  port: number,
  host: string,
  patienceInMs = usualPatienceInMs,
): Promise<void> {
  const deadline = performance.now() + patienceInMs
  while (!(await isFree(port, host))) {
    if (performance.now() > deadline) throw new PortInUse(port)
    await delay(100)
  }
}

/** A port on which nothing listens at this moment. */
export async function findFreePort(): Promise<number> {
  const probe = createServer()
  const port = await listen(probe, 0, '127.0.0.1')
  probe.close()
  await once(probe, 'close')
  return port
}

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

async function isFree(port: number, host: string): Promise<boolean> {
  const probe = createServer()
  try {
    await listen(probe, port, host)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return false
    throw error
  }
  probe.close()
  await once(probe, 'close')
  return true
}
