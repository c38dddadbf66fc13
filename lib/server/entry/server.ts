import cluster from 'node:cluster'
import { serverEnv } from '#lib/env/server.ts'
import { log } from '../log.ts'
import { readOrEnd } from './configuration-error.ts'
import { endInOrder } from './end-in-order.ts'
import { listen } from './server/app-server.ts'
import * as metrics from './server/metrics-server.ts'
import { runProcesses } from './server/processes.ts'
import { serveApp } from './server/serve-app.ts'
import { readServerSettings } from './server/settings.ts'

/**
 * The app's process, in place of `next start` and `next dev`. With APP_PROCESSES above one it serves nothing itself, but
 * runs that many forks of itself, and does what must be done once.
 */
const settings = readOrEnd(() => {
  serverEnv()
  return readServerSettings(process.env)
})
const { processes, metricsPort } = settings
const isPrimary = processes > 1 && cluster.isPrimary

if (metricsPort) {
  if (!isPrimary) metrics.collectMetrics()
  const read = isPrimary ? metrics.createReadOfAllMetrics() : metrics.readOwnMetrics
  if (cluster.isPrimary) await listen(metrics.createMetricsServer(read), metricsPort, '127.0.0.1')
}

if (isPrimary) {
  const { failed, stop } = runProcesses(processes, log)
  endInOrder(stop)
  failed.catch(async (error) => {
    log.error({ err: error }, 'giving up')
    await stop()
    process.exit(1)
  })
} else await serveApp(settings)
