import { Hono } from 'hono'
import { z } from 'zod'
import type { AuthDeps } from '../deps.ts'
import { AuthRefusal, invalidCredentials, validationFailed } from '../errors.ts'
import { email, parseBody, phone } from '../fields.ts'
import { exchangeAuthCode } from '../pkce.ts'
import { beginSession, refreshSession } from '../sessions.ts'
import { findByEmail, findByPhone, getById, passwordMatches } from '../users.ts'

const passwordBody = z.object({ email, phone, password: z.string() })
const refreshBody = z.object({ refresh_token: z.string() })
const pkceBody = z.object({ auth_code: z.string(), code_verifier: z.string() })

/** `POST /token`: a session for a password, a refresh token or an auth code. */
export function tokenRoutes(deps: AuthDeps): Hono {
  const routes = new Hono()
  routes.post('/token', async (context) => {
    const userAgent = context.req.header('user-agent')
    switch (context.req.query('grant_type')) {
      case 'password':
        return context.json(
          await signInWithPassword(deps, await parseBody(context.req, passwordBody), userAgent),
        )
      case 'refresh_token':
        return context.json(
          await refreshSession(deps, (await parseBody(context.req, refreshBody)).refresh_token),
        )
      case 'pkce': {
        const wanted = await parseBody(context.req, pkceBody)
        // Outside the transaction: a wrong verifier must use the code up too.
        const { userId, method } = await exchangeAuthCode(deps.sql, wanted.auth_code, wanted.code_verifier)
        const session = await deps.sql.begin(async (db) =>
          beginSession(deps, db, await getById(db, userId), method, userAgent),
        )
        return context.json(session)
      }
      default:
        throw new AuthRefusal(400, 'invalid_request', 'unsupported_grant_type')
    }
  })
  return routes
}

function signInWithPassword(deps: AuthDeps, wanted: z.infer<typeof passwordBody>, userAgent?: string) {
  return deps.sql.begin(async (db) => {
    if (!wanted.email && !wanted.phone) throw validationFailed('missing email or phone')
    const user = wanted.email
      ? await findByEmail(db, wanted.email)
      : await findByPhone(db, wanted.phone ?? '')
    if (!user || !(await passwordMatches(db, user.id, wanted.password))) throw invalidCredentials()
    if (wanted.email && !user.email_confirmed_at) {
      throw new AuthRefusal(400, 'email_not_confirmed', 'Email not confirmed')
    }
    if (wanted.phone && !user.phone_confirmed_at) {
      throw new AuthRefusal(400, 'phone_not_confirmed', 'Phone not confirmed')
    }
    return beginSession(deps, db, user, 'password', userAgent)
  })
}
