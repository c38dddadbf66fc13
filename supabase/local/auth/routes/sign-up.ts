import { Hono } from 'hono'
import { z } from 'zod'
import type { AuthDeps, Db } from '../deps.ts'
import { AuthRefusal, validationFailed } from '../errors.ts'
import { codeChallenge, email, metadata, parseBody, password, phone } from '../fields.ts'
import { sendCode } from '../one-time-codes.ts'
import { refuseWeakPassword } from '../passwords.ts'
import { beginFlow } from '../pkce.ts'
import { presentUser } from '../present.ts'
import { allowedRedirect } from '../redirects.ts'
import { beginSession } from '../sessions.ts'
import { createUser, findByEmail, findByPhone, setPassword, type User, updateUser } from '../users.ts'

const body = z.object({ email, phone, password, data: metadata, ...codeChallenge })
type Wanted = z.infer<typeof body>

/** `POST /signup`: a guest when neither address is given, else an account with a password. */
export function signUpRoutes(deps: AuthDeps): Hono {
  const routes = new Hono()
  routes.post('/signup', async (context) => {
    const wanted = await parseBody(context.req, body)
    const userAgent = context.req.header('user-agent')
    const redirectTo = allowedRedirect(context.req.query('redirect_to'), deps.siteUrl)
    const answer = await deps.sql.begin(async (db) => {
      if (!wanted.email && !wanted.phone) {
        const guest = await createUser(db, { anonymous: true, userMetadata: wanted.data })
        return beginSession(deps, db, guest, 'anonymous', userAgent)
      }
      const user = await openAccount(deps, db, wanted)
      if (user.confirmed_at) return beginSession(deps, db, user, 'password', userAgent)
      await beginFlow(db, user.id, wanted)
      const pkce = Boolean(wanted.code_challenge)
      if (user.email)
        await sendCode(deps, db, user.id, { purpose: 'email', address: user.email, redirectTo, pkce })
      else if (user.phone)
        await sendCode(deps, db, user.id, { purpose: 'sms', address: user.phone, redirectTo })
      return presentUser(db, await updateUser(db, user.id, { confirmation_sent_at: new Date() }))
    })
    return context.json(answer)
  })
  return routes
}

/** A new account, or one whose address nobody has proven yet; the newest password counts. */
async function openAccount(deps: AuthDeps, db: Db, { email, phone, password, data }: Wanted): Promise<User> {
  if (!password) throw validationFailed('Signup requires a valid password')
  refuseWeakPassword(password)
  const found = email ? await findByEmail(db, email) : await findByPhone(db, phone ?? '')
  if (found?.confirmed_at) throw new AuthRefusal(422, 'user_already_exists', 'User already registered')
  if (found) {
    await setPassword(db, found.id, password)
    return found
  }
  return createUser(db, {
    email,
    phone,
    password,
    userMetadata: data,
    emailConfirmed: deps.autoConfirm && email !== undefined,
  })
}
