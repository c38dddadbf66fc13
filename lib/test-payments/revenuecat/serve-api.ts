import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Faults } from '../api/faults.ts'
import { customerInfo, customerOf } from './customers.ts'
import { RevenueCatRefusal } from './refusal.ts'
import { refuseParameters } from './refuse-parameters.ts'
import { createSdkApi } from './serve-sdk.ts'
import type { Fake } from './state.ts'

export const lookUpRoute = 'GET /v1/subscribers/:id'

/** RevenueCat's API, as far as it is known here: what servers ask (revenuecat.com/docs/api-v1), and the web SDK. */
export function createApi(fake: Fake, faults: Faults) {
  const api = new Hono<{ Bindings: HttpBindings }>()

  api.get('/v1/subscribers/:id', async (context) => {
    if (!/^Bearer sk_\w+$/.test(context.req.header('authorization') ?? ''))
      throw new RevenueCatRefusal(401, 7225, 'Invalid API key.')
    refuseParameters(context)
    const fault = faults.take(lookUpRoute)
    if (fault?.kind === 'connection_reset') {
      context.env.incoming.socket.resetAndDestroy()
      return RESPONSE_ALREADY_SENT
    }
    if (fault?.kind === 'unavailable') throw new RevenueCatRefusal(503, 7000, 'Not available, as told.')
    const { customer, isNew } = customerOf(fake.state, context.req.param('id'))
    const answer = customerInfo(fake, customer)
    fake.save()
    return context.json(answer, isNew ? 201 : 200)
  })

  api.route('/', createSdkApi(fake))
  api.notFound((context) =>
    context.json({ code: 7259, message: `No ${context.req.method} ${context.req.path} here.` }, 404),
  )
  api.onError((error, context) => {
    if (error instanceof RevenueCatRefusal)
      return context.json({ code: error.code, message: error.message }, error.status as ContentfulStatusCode)
    console.error(error)
    return context.json({ code: 7110, message: String(error) }, 500)
  })
  return api
}
