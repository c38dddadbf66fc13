/**
 * The app's process for tests: everything but Next and Supabase. `/` names the process, `/slow` answers after a while,
 * `/stream` stays open until the end and then says goodbye; `/commit` is told to the other processes, which print it. The second fork takes longer to prepare.
 */
import cluster from 'node:cluster'
import type { ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Envelope } from '#lib/protocol/envelope.ts'
import { log } from '../../../log.ts'
import { createHubMeter } from '../../../realtime/metrics.ts'
import { hearSiblings, tellSiblings } from '../../../realtime/siblings.ts'
import { readOrEnd } from '../../configuration-error.ts'
import { createAppServer } from '../app-server.ts'
import { runInProcesses } from '../run-in-processes.ts'
import { serveInOrder } from '../serve-in-order.ts'
import { readServerSettings } from '../settings.ts'

const settings = readOrEnd(() => readServerSettings(process.env))
const envelope: Envelope = { v: 1, sid: 'a session', epoch: '', from: 0, to: 0, items: [], sentAt: 0 }
const streams = new Set<ServerResponse>()

await runInProcesses(settings, async () => {
  if (cluster.worker?.id === 2) await delay(500)
  console.log('prepared')
  const meter = createHubMeter()
  hearSiblings(({ sid }) => console.log(`${process.pid} heard of ${sid}`))
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
        if (request.url === '/commit') tellSiblings(envelope)
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
