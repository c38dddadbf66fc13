import type { MiddlewareHandler } from 'hono'
import type { Identified } from '../identify.ts'
import type { AuthDeps } from './deps.ts'
import { AuthRefusal } from './errors.ts'
import { findById, type User } from './users.ts'

export type SignedIn = { Variables: Identified['Variables'] & { user: User; sessionId: string } }

/** Lets through whoever has a session that still exists; a valid token of an ended session is not enough. */
export function requireSession(deps: AuthDeps): MiddlewareHandler<SignedIn> {
  return async (context, next) => {
    const { sub, session_id: sessionId } = context.var.claims
    if (!sub || typeof sessionId !== 'string') {
      throw new AuthRefusal(401, 'no_authorization', 'This endpoint requires a valid Bearer token')
    }
    const user = await findById(deps.sql, sub)
    if (!user) throw new AuthRefusal(403, 'user_not_found', 'User from sub claim in JWT does not exist')
    const [session] =
      await deps.sql`select id from auth.sessions where id = ${sessionId} and user_id = ${sub}`
    if (!session) {
      throw new AuthRefusal(403, 'session_not_found', 'Session from session_id claim in JWT does not exist')
    }
    context.set('user', user)
    context.set('sessionId', sessionId)
    await next()
  }
}
