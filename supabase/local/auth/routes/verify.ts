import { getConnInfo } from '@hono/node-server/conninfo'
import { Hono } from 'hono'
import { z } from 'zod'
import { confirmAddress } from '../confirm.ts'
import type { AuthDeps } from '../deps.ts'
import { AuthRefusal, otpExpired, tooManyRequests, validationFailed } from '../errors.ts'
import { email, parseBody, phone } from '../fields.ts'
import { type Purpose, redeemCode, redeemHash } from '../one-time-codes.ts'
import { issueAuthCode } from '../pkce.ts'
import { allowedRedirect } from '../redirects.ts'
import { beginSession } from '../sessions.ts'

/** The names that clients use; several are history for the same thing. */
const purposeOfType: Record<string, Purpose> = {
  email: 'email',
  signup: 'email',
  magiclink: 'email',
  invite: 'email',
  recovery: 'recovery',
  email_change: 'email_change',
  sms: 'sms',
  phone_change: 'phone_change',
}
const type = z.string().transform((name, context) => {
  const purpose = purposeOfType[name]
  if (!purpose) context.addIssue('Unsupported verification type')
  return purpose ?? z.NEVER
})
const body = z.object({ type, email, phone, token: z.string().optional(), token_hash: z.string().optional() })

/** `POST /verify` exchanges a code or a link's hash for a session; `GET /verify` is the link itself. */
export function verifyRoutes(deps: AuthDeps): Hono {
  const routes = new Hono()

  routes.use('/verify', (context, next) => {
    if (!deps.verificationLimit(getConnInfo(context).remote.address ?? '')) throw tooManyRequests()
    return next()
  })

  routes.post('/verify', async (context) => {
    const wanted = await parseBody(context.req, body)
    const session = await deps.sql.begin(async (db) => {
      const proven = wanted.token_hash
        ? await redeemHash(db, wanted.type, wanted.token_hash)
        : await proveByCode(db, wanted)
      if (!proven) throw otpExpired()
      const user = await confirmAddress(db, proven.userId, wanted.type, proven.address)
      return beginSession(deps, db, user, 'otp', context.req.header('user-agent'))
    })
    return context.json(session)
  })

  routes.get('/verify', async (context) => {
    const hash = context.req.query('token') ?? ''
    const target = new URL(allowedRedirect(context.req.query('redirect_to'), deps.siteUrl))
    const purpose = purposeOfType[context.req.query('type') ?? '']
    try {
      await deps.sql.begin(async (db) => {
        const proven = purpose ? await redeemHash(db, purpose, hash) : null
        if (!purpose || !proven) throw otpExpired()
        const user = await confirmAddress(db, proven.userId, purpose, proven.address)
        if (hash.startsWith('pkce_')) {
          target.searchParams.set('code', await issueAuthCode(db, user.id))
          return
        }
        const session = await beginSession(deps, db, user, 'magiclink', context.req.header('user-agent'))
        target.hash = new URLSearchParams({
          access_token: session.access_token,
          expires_at: String(session.expires_at),
          expires_in: String(session.expires_in),
          refresh_token: session.refresh_token,
          token_type: session.token_type,
          type: context.req.query('type') ?? '',
        }).toString()
      })
    } catch (error) {
      if (!(error instanceof AuthRefusal)) throw error
      const reason = { error: 'access_denied', error_code: error.code, error_description: error.message }
      target.hash = new URLSearchParams(reason).toString()
      for (const [name, value] of Object.entries(reason)) target.searchParams.set(name, value)
    }
    return context.redirect(target.toString(), 303)
  })
  return routes
}

async function proveByCode(db: Parameters<typeof redeemCode>[0], wanted: z.infer<typeof body>) {
  const address = wanted.email ?? wanted.phone
  if (!address || !wanted.token)
    throw validationFailed('Verify requires a token or a token hash, and an address')
  const userId = await redeemCode(db, wanted.type, address, wanted.token)
  return userId ? { userId, address } : null
}
