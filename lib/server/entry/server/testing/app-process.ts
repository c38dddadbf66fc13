/**
 * The app's process for tests: everything but Next and Supabase. `/` names the process, `/slow` answers after a while,
 * `/stream` stays open until the end and then says goodbye. The second fork takes longer to prepare.
 */
import cluster from 'node:cluster'
import type { ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { log } from '../../../log.ts'
import { createHubMeter } from '../../../realtime/metrics.ts'
import { readOrEnd } from '../../configuration-error.ts'
import { createAppServer } from '../app-server.ts'
import { runInProcesses } from '../run-in-processes.ts'
import { serveInOrder } from '../serve-in-order.ts'
import { readServerSettings } from '../settings.ts'

const settings = readOrEnd(() => readServerSettings(process.env))
const streams = new Set<ServerResponse>()

await runInProcesses(settings, async () => {
  if (cluster.worker?.id === 2) await delay(500)
  console.log('prepared')
  const meter = createHubMeter()
  const server = createAppServer(
    {
      streams: (request, response) => {
        if (request.url !== '/stream') return false
        response.write(': here\n\n')
        streams.add(response)
        meter.readers('sse', 1)
        return true
      },
      pages: async (request, response) => {
        if (request.url === '/slow') {
          response.write('first ')
          await delay(300)
        }
        response.end(String(process.pid))
      },
    },
    log,
  )
  await serveInOrder(server, settings, {
    closeStreams: async () => {
      for (const stream of streams) stream.end('event: bye\n\n')
    },
    closePages: async () => {},
  })
})
