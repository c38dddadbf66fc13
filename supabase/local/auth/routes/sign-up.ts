import { Hono } from 'hono'
import { z } from 'zod'
import type { AuthDeps } from '../deps.ts'
import { AuthRefusal, validationFailed } from '../errors.ts'
import { email, metadata, parseBody, password, phone } from '../fields.ts'
import { refuseWeakPassword } from '../passwords.ts'
import { beginSession } from '../sessions.ts'
import { createUser, findByEmail, findByPhone } from '../users.ts'

const body = z.object({ email, phone, password, data: metadata })

/** `POST /signup`: a guest when neither address is given, else an account with a password. */
export function signUpRoutes(deps: AuthDeps): Hono {
  const routes = new Hono()
  routes.post('/signup', async (context) => {
    const wanted = await parseBody(context.req, body)
    const userAgent = context.req.header('user-agent')
    if (!wanted.email && !wanted.phone) {
      return context.json(
        await deps.sql.begin(async (db) => {
          const guest = await createUser(db, { anonymous: true, userMetadata: wanted.data })
          return beginSession(deps, db, guest, 'anonymous', userAgent)
        }),
      )
    }
    const { password } = wanted
    if (!password) throw validationFailed('Signup requires a valid password')
    refuseWeakPassword(password)
    return context.json(
      await deps.sql.begin(async (db) => {
        const taken =
          (wanted.email && (await findByEmail(db, wanted.email))) ||
          (wanted.phone && (await findByPhone(db, wanted.phone)))
        if (taken) throw new AuthRefusal(422, 'user_already_exists', 'User already registered')
        const user = await createUser(db, {
          email: wanted.email,
          phone: wanted.phone,
          password,
          userMetadata: wanted.data,
          // As in config.toml: passwords work without a confirmed address.
          emailConfirmed: wanted.email !== undefined,
          phoneConfirmed: wanted.phone !== undefined,
        })
        return beginSession(deps, db, user, 'password', userAgent)
      }),
    )
  })
  return routes
}
