import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { type Identified, identify } from './identify.ts'
import { onlyThisMachine } from './inbox/guard.ts'
import type { Rest } from './rest/rest.ts'
import type { Tokens } from './tokens.ts'

export type Services = {
  tokens: Tokens
  rest: Rest
  auth: Hono<Identified>
  storage: Hono
  realtime: Hono
  inbox: Hono
}

/** Everything behind one address, under the paths that supabase-js knows. */
export function createGateway(services: Services): Hono<Identified> {
  const gateway = new Hono<Identified>()
  // Not for the inbox: pages of other origins must not read it.
  gateway.use(
    '/:service{rest|auth|storage|realtime}/v1/*',
    cors({
      origin: '*',
      allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
      exposeHeaders: [
        'Accept-Ranges',
        'Content-Length',
        'Content-Location',
        'Content-Range',
        'ETag',
        'Link',
        'Preference-Applied',
        'X-Total-Count',
      ],
      maxAge: 3600,
    }),
  )
  gateway.get('/', (context) => context.json({ name: 'Embedded Supabase', inbox: '/inbox' }))
  gateway.all('/rest/v1/*', identify(services.tokens), (context) =>
    services.rest.fetch(context.req.raw, context.var.claims),
  )
  gateway.route('/auth/v1', services.auth)
  gateway.route('/storage/v1', services.storage)
  gateway.route('/realtime/v1', services.realtime)
  gateway.use('/inbox/*', onlyThisMachine)
  gateway.route('/inbox', services.inbox)
  gateway.notFound((context) => context.json({ message: 'Not found' }, 404))
  return gateway
}
