import { Hono } from 'hono'
import { z } from 'zod'
import type { AuthDeps, Db } from '../deps.ts'
import { AuthRefusal, validationFailed } from '../errors.ts'
import { codeChallenge, email, metadata, parseBody, phone } from '../fields.ts'
import { sendCode } from '../one-time-codes.ts'
import { beginFlow } from '../pkce.ts'
import { allowedRedirect } from '../redirects.ts'
import { clearPassword, createUser, findByEmail, findByPhone, updateUser } from '../users.ts'

const otpBody = z.object({
  email,
  phone,
  create_user: z.boolean().default(true),
  data: metadata,
  ...codeChallenge,
})
const recoverBody = z.object({ email, ...codeChallenge })
const resendBody = z.object({ type: z.enum(['signup', 'email_change', 'sms', 'phone_change']), email, phone })

/** `POST /otp`, `/magiclink`, `/recover`, `/resend`: everything that sends a code. */
export function oneTimeRoutes(deps: AuthDeps): Hono {
  const routes = new Hono()

  routes.on('POST', ['/otp', '/magiclink'], async (context) => {
    const wanted = await parseBody(context.req, otpBody)
    const redirectTo = allowedRedirect(context.req.query('redirect_to'), deps.siteUrl)
    const address = wanted.email ?? wanted.phone
    if (!address) throw validationFailed('One of email or phone must be set')
    await deps.sql.begin(async (db) => {
      const found = wanted.email ? await findByEmail(db, wanted.email) : await findByPhone(db, address)
      if (!found && !wanted.create_user) {
        throw new AuthRefusal(422, 'otp_disabled', 'Signups not allowed for otp')
      }
      const user =
        found ??
        (await createUser(db, { email: wanted.email, phone: wanted.phone, userMetadata: wanted.data }))
      // Whoever set a password before the address was proven may be somebody else.
      if (!user.confirmed_at) await clearPassword(db, user.id)
      await beginFlow(db, user.id, wanted)
      const purpose = wanted.email ? 'email' : 'sms'
      await sendCode(deps, db, user.id, {
        purpose,
        address,
        redirectTo,
        pkce: Boolean(wanted.code_challenge),
      })
      await updateUser(
        db,
        user.id,
        found ? { recovery_sent_at: new Date() } : { confirmation_sent_at: new Date() },
      )
    })
    return context.json(wanted.email ? {} : { message_id: crypto.randomUUID() })
  })

  routes.post('/recover', async (context) => {
    const wanted = await parseBody(context.req, recoverBody)
    const redirectTo = allowedRedirect(context.req.query('redirect_to'), deps.siteUrl)
    const address = wanted.email
    if (!address) throw validationFailed('Password recovery requires an email')
    await deps.sql.begin(async (db) => {
      const user = await findByEmail(db, address)
      // The answer must not tell whether the address is known.
      if (!user) return
      await beginFlow(db, user.id, wanted)
      await sendCode(deps, db, user.id, {
        purpose: 'recovery',
        address,
        redirectTo,
        pkce: Boolean(wanted.code_challenge),
      })
      await updateUser(db, user.id, { recovery_sent_at: new Date() })
    })
    return context.json({})
  })

  routes.post('/resend', async (context) => {
    const wanted = await parseBody(context.req, resendBody)
    const redirectTo = allowedRedirect(context.req.query('redirect_to'), deps.siteUrl)
    await deps.sql.begin((db) => resend(deps, db, wanted, redirectTo))
    return context.json({})
  })
  return routes
}

/** Sends the code of something already begun once more, with a new code. */
async function resend(
  deps: AuthDeps,
  db: Db,
  wanted: z.infer<typeof resendBody>,
  redirectTo: string,
): Promise<void> {
  const address = wanted.email ?? wanted.phone
  if (!address) throw validationFailed('Type provided requires an email address or phone number')
  const purpose = wanted.type === 'signup' ? 'email' : wanted.type
  const [open] = await db<{ user_id: string }[]>`
    select user_id from auth.one_time_tokens where token_type = ${purpose} and relates_to = ${address}`
  if (open) await sendCode(deps, db, open.user_id, { purpose, address, redirectTo })
}
