import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { type Context, Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import Stripe from 'stripe'
import { expireDue } from '../payments/checkout.ts'
import { apiError, invalidRequest, StripeRefusal } from '../refusal.ts'
import { makeId } from '../state/ids.ts'
import type { Fake } from '../state/state.ts'
import { accountEndpoints } from './accounts.ts'
import { authorise } from './authorise.ts'
import { checkoutEndpoints } from './checkout-sessions.ts'
import type { Endpoint } from './endpoint.ts'
import { eventEndpoints } from './events.ts'
import type { Faults } from './faults.ts'
import { parseForm } from './form.ts'
import { type Answer, createIdempotency } from './idempotency.ts'
import { paymentEndpoints } from './payments.ts'

type ApiContext = Context<{ Bindings: HttpBindings; Variables: { requestId: string } }>

const endpoints = [...accountEndpoints, ...checkoutEndpoints, ...paymentEndpoints, ...eventEndpoints]
export const routes = endpoints.map(({ route }) => route)

/** Stripe's API, as far as it is known here (docs.stripe.com/api). */
export function createApi(fake: Fake, faults: Faults) {
  const api = new Hono<{ Bindings: HttpBindings; Variables: { requestId: string } }>()
  const once = createIdempotency(fake)

  api.use(async (context, next) => {
    context.set('requestId', makeId('req_', 14))
    context.header('request-id', context.var.requestId)
    context.header('stripe-version', Stripe.API_VERSION)
    authorise(context.env.incoming.headers)
    expireDue(fake)
    await next()
  })

  const answer = async (context: ApiContext, { route, prepare }: Endpoint): Promise<Response> => {
    const fault = faults.take(route)
    if (fault?.kind === 'connection_reset') return hangUp(context)
    if (fault?.kind === 'unavailable') throw apiError(503, 'Stripe is not available, as told')
    const text = await readForm(context)
    const call = {
      idempotencyKey: context.req.method === 'POST' ? context.req.header('idempotency-key') : undefined,
      endpoint: `${context.req.method} ${context.req.path}`,
      parameters: new URLSearchParams([...new URLSearchParams(text)].sort()).toString(),
    }
    const given = await once(call, async () => {
      const act = prepare(fake, parseForm(text), context.req.param('id') ?? '')
      if (fault?.kind === 'held') await fault.released
      if (fault?.kind === 'server_error') return failed(context, apiError(500, 'An error, as told'))
      return execute(context, act)
    })
    if (context.req.method === 'POST') fake.save()
    if (fault?.kind === 'answer_lost') return hangUp(context)
    if (call.idempotencyKey) context.header('idempotency-key', call.idempotencyKey)
    if (given.isReplay) {
      context.header('idempotent-replayed', 'true')
      context.header('original-request', given.requestId)
    }
    return context.body(given.body, given.status as ContentfulStatusCode, {
      'content-type': 'application/json',
    })
  }
  for (const endpoint of endpoints) {
    const [method = '', path = ''] = endpoint.route.split(' ')
    api.on(method, path, (context) => answer(context, endpoint))
  }

  api.notFound((context) => refuse(context, unknownAddress(context.req.method, context.req.path)))
  api.onError((error, context) => {
    if (error instanceof StripeRefusal) return refuse(context, error)
    console.error(error)
    return refuse(context, apiError(500, String(error)))
  })
  return api
}

type Given = Omit<Answer, 'isReplay'>

function execute(context: ApiContext, act: () => object): Given {
  try {
    return { status: 200, body: JSON.stringify(act()), requestId: context.var.requestId }
  } catch (error) {
    if (error instanceof StripeRefusal) return failed(context, error)
    throw error
  }
}

const failed = (context: ApiContext, { status, body }: StripeRefusal): Given => ({
  status,
  body: JSON.stringify({ error: body }),
  requestId: context.var.requestId,
})

const refuse = (context: Context, { status, body }: StripeRefusal) =>
  context.json({ error: body }, status as ContentfulStatusCode)

/** The parameters as they came: in the address, or in a form-encoded body. @throws StripeRefusal */
async function readForm(context: ApiContext): Promise<string> {
  if (context.req.method === 'GET') return new URL(context.req.url).search.slice(1)
  if (!context.req.header('content-type')?.startsWith('application/x-www-form-urlencoded'))
    throw invalidRequest('The content type of a POST is application/x-www-form-urlencoded.')
  return context.req.text()
}

/** The line breaks before an answer is there. */
function hangUp(context: ApiContext): Response {
  context.env.incoming.socket.resetAndDestroy()
  return RESPONSE_ALREADY_SENT
}

const unknownAddress = (method: string, path: string) =>
  new StripeRefusal(404, {
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${method}: ${path}).`,
  })
