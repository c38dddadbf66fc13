import cluster, { type Worker } from 'node:cluster'

const prepared = 'prepared'
const listen = 'listen'

/**
 * In the primary process: has the forks listen all at once, since the first would otherwise get everybody who comes
 * before the second. A fork that replaces another listens as soon as it is prepared.
 */
export function letForksStartTogether(count: number): void {
  let waiting: Worker[] | null = []
  cluster.on('message', (worker, message) => {
    if (message !== prepared) return
    if (!waiting) return worker.send(listen)
    waiting = [...waiting.filter((other) => other.isConnected()), worker]
    if (waiting.length < count) return
    for (const one of waiting) one.send(listen)
    waiting = null
  })
}

/** In a fork: says that it is prepared, and waits for the others. */
export function untilForksStart(): Promise<void> {
  return new Promise((resolve) => {
    const onMessage = (message: unknown) => {
      if (message !== listen) return
      process.off('message', onMessage)
      resolve()
    }
    process.on('message', onMessage)
    process.send?.(prepared)
  })
}
