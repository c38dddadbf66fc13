/**
 * The app's side of tips as a process that can be killed: the use cases that the routes and the server action call, on bare
 * node:http, without Next, which would need a build. Who asks is taken from a token, as from a cookie there.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { createClient } from '@supabase/supabase-js'
import { z } from 'zod'
import { parseServerEnv } from '#lib/env/server.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import { openTipSchema } from '#lib/protocol/tips.ts'
import { type Db, serviceDb, stateless } from '#lib/server/db/clients.ts'
import type { Database } from '#lib/server/db/database.types.ts'
import { asCodedError, errorResponse } from '#lib/server/http/error-response.ts'
import { log } from '#lib/server/log.ts'
import { createStripeAccess } from '#lib/server/stripe/stripe-access.ts'
import { loadGivenTip } from '#lib/server/tips/given-tip.ts'
import { lookUpDueTips } from '#lib/server/tips/look-up-due-tips.ts'
import { openTip } from '#lib/server/tips/open-tip.ts'
import { onboard } from '#lib/server/tips/payment-account.ts'
import { receiveStripeEvent } from '#lib/server/tips/receive-stripe-event.ts'
import { reconcile } from '#lib/server/tips/reconcile.ts'
import { refundTip } from '#lib/server/tips/refund-tip.ts'
import type { TipDeps } from '#lib/server/tips/tip-deps.ts'

const env = parseServerEnv(process.env)
const access = createStripeAccess(env)
if (!access) throw new Error('Tips are off.')
const origin = 'http://app.test'
const deps: TipDeps = { access, service: serviceDb(env), tell: () => {} }

const dbOf = (request: Request): Db =>
  createClient<Database>(env.SUPABASE_URL, env.SUPABASE_PUBLISHABLE_KEY, {
    ...stateless,
    global: { headers: { authorization: request.headers.get('authorization') ?? '' } },
  })

async function act(request: Request, [what, id = '']: string[]): Promise<unknown> {
  const body = request.method === 'POST' ? await request.json() : null
  switch (what) {
    case 'onboard':
      return onboard({ ...deps, origin }, { userId: z.uuid().parse(id), isGuest: false })
    case 'open': {
      const titleFor = (name: string) => `A tip for ${name}`
      return openTip({ ...deps, db: dbOf(request), origin, titleFor }, openTipSchema.parse(body))
    }
    case 'given':
      return loadGivenTip({ ...deps, db: dbOf(request) }, id)
    case 'refund':
      return refundTip(deps, z.object({ djId: z.uuid() }).parse(body).djId, id)
    case 'sweep':
      return { lookedUp: await lookUpDueTips(deps) }
    case 'reconcile':
      return reconcile(deps, z.object({ sinceInMs: z.number() }).parse(body).sinceInMs)
    default:
      throw new CodedError('not_found')
  }
}

const answer = async (request: Request): Promise<Response> => {
  const [, ...path] = new URL(request.url).pathname.split('/')
  if (path[0] === 'webhook') return receiveStripeEvent(() => deps, log, request)
  return act(request, path).then(
    (result) => Response.json(result),
    (thrown) => {
      log.warn({ err: thrown }, 'refused')
      return errorResponse(asCodedError(thrown), 'none')
    },
  )
}

const server = createServer(getRequestListener(answer))
await once(server.listen(z.coerce.number().parse(process.env.PORT), '127.0.0.1'), 'listening')
process.once('disconnect', () => process.exit(0))
process.send?.({ ready: {} })
