import type { MiddlewareHandler } from 'hono'
import type { Claims } from './claims.ts'
import type { Tokens } from './tokens.ts'

export type Identified = { Variables: { claims: Claims } }

/**
 * Who sends a request: the API key says at least the project's role, a person's access token in
 * `Authorization` says more. Refusals are worded as hosted Supabase words them.
 */
export function identify(tokens: Tokens): MiddlewareHandler<Identified> {
  return async (context, next) => {
    const apiKey = context.req.header('apikey') ?? context.req.query('apikey')
    if (!apiKey) {
      const hint = 'No `apikey` request header or url param was found.'
      return context.json({ message: 'No API key found in request', hint }, 401)
    }
    const keyClaims = tokens.isApiKey(apiKey) ? await tokens.verify(apiKey) : null
    if (!keyClaims) {
      return context.json({ message: 'Invalid API key', hint: 'Double check your Supabase `apikey`.' }, 401)
    }
    const bearer = /^Bearer\s+(.+)$/i.exec(context.req.header('authorization') ?? '')?.[1]
    const claims = bearer && bearer !== apiKey ? await tokens.verify(bearer) : keyClaims
    if (!claims) {
      const message = 'JWT invalid or expired'
      return context.json(
        { code: 'PGRST301', error_code: 'bad_jwt', message, msg: message, details: null, hint: null },
        401,
      )
    }
    context.set('claims', claims)
    await next()
  }
}
