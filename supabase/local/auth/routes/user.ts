import { Hono } from 'hono'
import { z } from 'zod'
import type { AuthDeps } from '../deps.ts'
import { emailExists, phoneExists } from '../errors.ts'
import { codeChallenge, email, type Metadata, metadata, parseBody, password, phone } from '../fields.ts'
import { sendCode } from '../one-time-codes.ts'
import { refuseWeakPassword } from '../passwords.ts'
import { beginFlow } from '../pkce.ts'
import { presentUser } from '../present.ts'
import { allowedRedirect } from '../redirects.ts'
import { requireSession, type SignedIn } from '../signed-in.ts'
import { findByEmail, findByPhone, getById, setPassword, updateUser } from '../users.ts'

const body = z.object({ email, phone, password, data: metadata, ...codeChallenge })

/** `GET` and `PUT /user`, `POST /logout`: what a signed-in person does with their own account. */
export function userRoutes(deps: AuthDeps): Hono<SignedIn> {
  const routes = new Hono<SignedIn>()
  routes.use('/user', requireSession(deps))
  routes.use('/logout', requireSession(deps))

  routes.get('/user', async (context) => context.json(await presentUser(deps.sql, context.var.user)))

  routes.put('/user', async (context) => {
    const wanted = await parseBody(context.req, body)
    const redirectTo = allowedRedirect(context.req.query('redirect_to'), deps.siteUrl)
    const { user } = context.var
    const changed = await deps.sql.begin(async (db) => {
      if (wanted.data) {
        await updateUser(db, user.id, {
          raw_user_meta_data: mergeMetadata(user.raw_user_meta_data, wanted.data),
        })
      }
      if (wanted.password) {
        refuseWeakPassword(wanted.password)
        await setPassword(db, user.id, wanted.password)
      }
      // A new address counts once it is proven; until then it is only remembered.
      if (wanted.email && wanted.email !== user.email) {
        if (await findByEmail(db, wanted.email)) throw emailExists()
        await beginFlow(db, user.id, wanted)
        const pkce = Boolean(wanted.code_challenge)
        await sendCode(deps, db, user.id, {
          purpose: 'email_change',
          address: wanted.email,
          redirectTo,
          pkce,
        })
        await updateUser(db, user.id, { email_change: wanted.email, email_change_sent_at: new Date() })
      }
      if (wanted.phone && wanted.phone !== user.phone) {
        if (await findByPhone(db, wanted.phone)) throw phoneExists()
        await sendCode(deps, db, user.id, { purpose: 'phone_change', address: wanted.phone, redirectTo })
        await updateUser(db, user.id, { phone_change: wanted.phone, phone_change_sent_at: new Date() })
      }
      return presentUser(db, await getById(db, user.id))
    })
    return context.json(changed)
  })

  routes.post('/logout', async (context) => {
    const { user, sessionId } = context.var
    const scope = context.req.query('scope') ?? 'global'
    await deps.sql`
      delete from auth.sessions where user_id = ${user.id}
        and case ${scope} when 'local' then id = ${sessionId} when 'others' then id <> ${sessionId} else true end`
    return context.body(null, 204)
  })
  return routes
}

/** New fields are added, known ones replaced, and null removes one. */
export function mergeMetadata(old: Metadata, changes: Metadata): Metadata {
  return Object.fromEntries(Object.entries({ ...old, ...changes }).filter(([, value]) => value !== null))
}
