import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { z } from 'zod'
import { createFaults } from './api/faults.ts'
import { createApi, routes } from './api/serve-api.ts'
import { type Control, createControl } from './control.ts'
import { accountPages } from './pages/account-pages.ts'
import { checkoutPage } from './pages/checkout-page.ts'
import { expireDue } from './payments/checkout.ts'
import { StripeRefusal } from './refusal.ts'
import { emptyState, type Fake } from './state/state.ts'
import { loadState, saveState } from './state/state-file.ts'
import { createDeliveries } from './webhooks/deliveries.ts'
import { makeEvent } from './webhooks/make-event.ts'
import { requestOf, type Webhook } from './webhooks/signature.ts'

export type FakeStripeOptions = {
  /** A free one when 0. */
  port: number
  /** The network interface; this machine alone when absent. */
  host?: string
  /** The file that survives a restart; everything is in memory alone when absent. */
  stateFile?: string
  webhook: Webhook
  /** Where browsers reach the hosted pages, when that is not where the SDK reaches the API. */
  publicUrl?: string
}

export type FakeStripe = {
  /** Where the SDK reaches the API. */
  url: string
  port: number
  control: Control
  stop: () => Promise<void>
}

const sweepEveryInMs = 10_000

/** Starts the fake of Stripe. @throws Error where the port is taken or the state file is no such file */
export async function startFakeStripe(options: FakeStripeOptions): Promise<FakeStripe> {
  const { host = '127.0.0.1', stateFile, webhook } = options
  const state = loadState(stateFile, emptyState())
  const save = (): void => saveState(state, stateFile)
  const server = createServer()
  await once(server.listen(options.port, host), 'listening')
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`

  const deliveries = createDeliveries({
    events: state.events,
    save,
    url: webhook.url,
    firstRetryInMs: webhook.firstRetryInMs,
    requestOf: requestOf(webhook),
    isTaken: (status) => status >= 200 && status < 300,
  })
  const fake: Fake = {
    state,
    publicUrl: options.publicUrl ?? url,
    save,
    emit: (...happening) => {
      const event = makeEvent(...happening)
      state.events[event.id] = event
      deliveries.send(event)
    },
  }
  const faults = createFaults(routes)
  const answerApi = getRequestListener(createApi(fake, faults).fetch)
  const showPage = getRequestListener(createPages(fake).fetch)
  server.on('request', (request, response) =>
    request.url?.startsWith('/v1/') ? answerApi(request, response) : showPage(request, response),
  )
  const sweep = setInterval(() => expireDue(fake), sweepEveryInMs)

  return {
    url,
    port,
    control: createControl(fake, deliveries, faults),
    stop: async () => {
      clearInterval(sweep)
      server.close()
      server.closeAllConnections()
      await deliveries.stop()
      save()
    },
  }
}

function createPages(fake: Fake): Hono {
  const pages = new Hono()
  pages.use(async (_, next) => {
    expireDue(fake)
    await next()
  })
  pages.route('/', checkoutPage(fake))
  pages.route('/', accountPages(fake))
  pages.notFound((context) => context.text('There is no such page.', 404))
  pages.onError((error, context) =>
    context.text(error.message, error instanceof StripeRefusal || error instanceof z.ZodError ? 400 : 500),
  )
  return pages
}
