import cluster from 'node:cluster'
import { log } from '../../log.ts'
import { endInOrder } from '../end-in-order.ts'
import { listen } from './app-server.ts'
import {
  collectMetrics,
  createMetricsServer,
  createReadOfAllMetrics,
  readOwnMetrics,
} from './metrics-server.ts'
import { runProcesses } from './processes.ts'
import type { ServerSettings } from './settings.ts'

/**
 * Serves in this process, or in as many forks of it as the settings ask for; then this one keeps them running and does
 * what must be done once.
 */
export async function runInProcesses(settings: ServerSettings, serve: () => Promise<void>): Promise<void> {
  const { processes, metricsPort } = settings
  const hasForks = processes > 1 && cluster.isPrimary

  if (metricsPort) {
    if (!hasForks) collectMetrics()
    const read = hasForks ? createReadOfAllMetrics() : readOwnMetrics
    if (cluster.isPrimary) await listen(createMetricsServer(read), { port: metricsPort, host: '127.0.0.1' })
  }
  if (!hasForks) return serve()

  const { failed, stop } = runProcesses(processes, log)
  endInOrder(stop)
  failed.catch(async (error) => {
    log.error({ err: error }, 'giving up')
    await stop()
    process.exit(1)
  })
}
