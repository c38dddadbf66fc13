import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { createFaults } from '../api/faults.ts'
import { loadState, saveState } from '../state/state-file.ts'
import { createDeliveries } from '../webhooks/deliveries.ts'
import { type Control, createControl } from './control.ts'
import { createPages } from './pages.ts'
import { createApi, lookUpRoute } from './serve-api.ts'
import { emptyState, type Fake } from './state.ts'

export type FakeRevenueCatOptions = {
  /** A free one when 0. */
  port: number
  /** The network interface; this machine alone when absent. */
  host?: string
  /** The file that survives a restart; everything is in memory alone when absent. */
  stateFile?: string
  webhook: {
    url: string
    /** What its header `authorization` says. */
    authorization: string
    /** The wait before the second attempt; it doubles. A second when absent. */
    firstRetryInMs?: number
  }
  /** Where browsers reach the API and the hosted page, when that is not where the app reaches the API. */
  publicUrl?: string
}

export type FakeRevenueCat = {
  /** Where the app reaches the API. */
  url: string
  control: Control
  stop: () => Promise<void>
}

/** Starts the fake of RevenueCat. @throws Error where the port is taken or the state file is no such file */
export async function startFakeRevenueCat(options: FakeRevenueCatOptions): Promise<FakeRevenueCat> {
  const { host = '127.0.0.1', stateFile, webhook } = options
  const state = loadState(stateFile, emptyState())
  const save = (): void => saveState(state, stateFile)
  const server = createServer()
  await once(server.listen(options.port, host), 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const publicUrl = options.publicUrl ?? url

  const deliveries = createDeliveries({
    events: state.notifications,
    save,
    url: webhook.url,
    firstRetryInMs: webhook.firstRetryInMs,
    requestOf: ({ body }) => ({
      body: JSON.stringify(body),
      headers: { authorization: webhook.authorization },
    }),
    // Nothing else is an answer (revenuecat.com/docs/integrations/webhooks).
    isTaken: (status) => status === 200,
  })
  const fake: Fake = {
    state,
    publicUrl,
    save,
    emit: (type, event) => {
      const id = crypto.randomUUID()
      const whole = { ...event, id, type, app_id: 'test', event_timestamp_ms: Date.now() }
      const notification = { id, pending_webhooks: 1, body: { api_version: '1.0' as const, event: whole } }
      state.notifications[id] = notification
      save()
      deliveries.send(notification)
    },
    settled: deliveries.settled,
  }
  const faults = createFaults([lookUpRoute])
  const answerApi = getRequestListener(createApi(fake, faults).fetch)
  const showPage = getRequestListener(createPages(fake).fetch)
  server.on('request', (request, response) =>
    /^\/(rcbilling\/)?v1\//.test(request.url ?? '')
      ? answerApi(request, response)
      : showPage(request, response),
  )
  return {
    url,
    control: createControl(fake, deliveries, faults),
    stop: async () => {
      server.close()
      server.closeAllConnections()
      await deliveries.stop()
      save()
    },
  }
}
