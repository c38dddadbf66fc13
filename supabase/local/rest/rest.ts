import { App, type AppRequestContext, type HonoContext } from '@supabase/lite'
import type { MiddlewareHandler } from 'hono'
import type { Claims } from '../claims.ts'
import { RestConnection } from './connection.ts'

export type Rest = {
  /** Answers a request below `/rest/v1` as PostgREST does, in the role of the claims. */
  fetch: (request: Request, claims: Claims) => Response | Promise<Response>
  /** Forgets what it knows of the schema. */
  reloadSchema: () => void
  close: () => Promise<void>
}

/** The schemas that clients may reach, as in `supabase/config.toml`. */
const exposedSchemas = ['public']

/**
 * PostgREST, by @supabase/lite: its own sign-in, storage and key checks stay switched off, the gateway says
 * who sends a request.
 */
export function createRest(dbUrl: string): Rest {
  const connection = new RestConnection(dbUrl, exposedSchemas)
  const app = new App({
    connection,
    api: { enabled: true, schemas: exposedSchemas },
    auth: { enabled: false },
    storage: { enabled: false },
    studio: { enabled: false },
    options: { server: { apiKeys: false, disableStudio: true, middlewares: [actAsClaims] } },
  })
  return {
    fetch: (request, claims) => {
      const environment: Environment = { peerAddress: null, claims }
      return app.fetch(request, environment)
    },
    reloadSchema: () => connection.forgetSchema(),
    close: () => connection.close(),
  }
}

type Environment = AppRequestContext & { claims?: Claims }

/** Hands the verified claims to lite, in the variables that its own key check would have set. */
const actAsClaims: MiddlewareHandler<HonoContext & { Bindings: Environment }> = async (context, next) => {
  const claims = context.env.claims
  if (!claims) return context.json({ message: 'No API key found in request' }, 401)
  context.set('jwt', claims)
  context.set('apiKeyType', claims.role === 'service_role' ? 'secret' : 'publishable')
  context.set('ignoreAuthorization', true)
  if (claims.sub) context.set('userId', claims.sub)
  await next()
}
