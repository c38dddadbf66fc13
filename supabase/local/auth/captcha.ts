import type { MiddlewareHandler } from 'hono'
import { z } from 'zod'
import type { Identified } from '../identify.ts'
import { captchaFailed } from './errors.ts'

const verifyUrl = 'https://challenges.cloudflare.com/turnstile/v0/siteverify'

const bodySchema = z.object({ gotrue_meta_security: z.object({ captcha_token: z.string().min(1) }) })
const answerSchema = z.object({ success: z.boolean() })

/** What begins a session or sends a code. A session that goes on, and what was asked for before, need no captcha. */
const guarded = new Set(['/signup', '/otp', '/magiclink', '/recover', '/resend'])

/**
 * Refuses whoever brings no captcha that Cloudflare Turnstile knows, as Supabase Auth does with `[auth.captcha]`. The service
 * role needs none. Without a secret there is no captcha.
 */
export function guardByCaptcha(secret: string | undefined): MiddlewareHandler<Identified> {
  return async ({ req, get }, next) => {
    const path = req.path.replace(/^\/auth\/v1/, '')
    const isGuarded = guarded.has(path) || (path === '/token' && req.query('grant_type') === 'password')
    if (!secret || req.method !== 'POST' || !isGuarded || get('claims').role === 'service_role') return next()
    // Nothing that can be read is nothing that was brought.
    const brought = bodySchema.safeParse(await req.json().catch(() => null))
    if (!brought.success) throw captchaFailed('no captcha_token found')
    if (!(await isKnown(secret, brought.data.gotrue_meta_security.captcha_token))) {
      throw captchaFailed('invalid-input-response')
    }
    return next()
  }
}

async function isKnown(secret: string, token: string): Promise<boolean> {
  const response = await fetch(verifyUrl, {
    method: 'POST',
    body: new URLSearchParams({ secret, response: token }),
    signal: AbortSignal.timeout(5_000),
  })
  return answerSchema.parse(await response.json()).success
}
