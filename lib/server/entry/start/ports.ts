import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * Makes sure that nothing listens on a port.
 *
 * @param variable the environment variable that changes the port, for the message
 * @param patienceInMs how long to wait: parts of a run that was killed need a moment to end
 * @throws an Error for people when the port stays taken
 */
export async function refuseBusyPort(port: number, variable: string, patienceInMs = 5_000): Promise<void> {
  const deadline = performance.now() + patienceInMs
  while (!(await isFree(port))) {
    if (performance.now() > deadline) {
      throw new Error(
        `Port ${port} is in use. Stop what uses it, or choose another: ${variable}=${port + 1} npm start`,
      )
    }
    await delay(200)
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false)
      else reject(error)
    })
    probe.listen(port, () => probe.close(() => resolve(true)))
  })
}
