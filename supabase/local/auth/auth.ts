import { Hono } from 'hono'
import postgres from 'postgres'
import { type Identified, identify } from '../identify.ts'
import { guardByCaptcha } from './captcha.ts'
import type { AuthDeps } from './deps.ts'
import { AuthRefusal } from './errors.ts'
import { createOpenId } from './openid.ts'
import { adminRoutes } from './routes/admin.ts'
import { oneTimeRoutes } from './routes/one-time.ts'
import { openIdRoutes } from './routes/openid.ts'
import { signUpRoutes } from './routes/sign-up.ts'
import { tokenRoutes } from './routes/token.ts'
import { userRoutes } from './routes/user.ts'
import { verifyRoutes } from './routes/verify.ts'

/** Links and keys are fetched by browsers and libraries that know no API key. */
const withoutApiKey = new Set([
  '/verify',
  '/authorize',
  '/callback',
  '/.well-known/jwks.json',
  '/.well-known/openid-configuration',
])

/** Supabase Auth on `auth.users`: guests, codes by e-mail and phone, OpenID, passwords, sessions, administration. */
export function createAuth(deps: AuthDeps): Hono<Identified> {
  const auth = new Hono<Identified>()
  const identified = identify(deps.tokens)

  auth.use(async (context, next) => {
    const isOpen =
      context.req.method === 'GET' && withoutApiKey.has(context.req.path.replace(/^\/auth\/v1/, ''))
    return isOpen ? next() : identified(context, next)
  })
  auth.get('/.well-known/jwks.json', (context) => context.json(deps.tokens.jwks))
  auth.get('/.well-known/openid-configuration', (context) =>
    context.json({ issuer: deps.url, jwks_uri: `${deps.url}/.well-known/jwks.json` }),
  )
  auth.get('/health', (context) => context.json({ name: 'GoTrue', description: 'Embedded Supabase Auth' }))
  auth.get('/settings', (context) =>
    context.json({
      external: {
        anonymous_users: true,
        email: true,
        phone: true,
        ...Object.fromEntries(Object.keys(deps.providers).map((name) => [name, true])),
      },
      disable_signup: false,
      mailer_autoconfirm: deps.autoConfirm,
      phone_autoconfirm: false,
      sms_provider: 'inbox',
      saml_enabled: false,
    }),
  )
  auth.use(guardByCaptcha(deps.captchaSecret))
  auth.route('/', openIdRoutes(deps, createOpenId(deps.providers, `${deps.url}/callback`)))
  auth.route('/', signUpRoutes(deps))
  auth.route('/', oneTimeRoutes(deps))
  auth.route('/', verifyRoutes(deps))
  auth.route('/', tokenRoutes(deps))
  auth.route('/', userRoutes(deps))
  auth.route('/', adminRoutes(deps))
  auth.all('*', (context) => context.json({ code: 404, error_code: 'not_found', msg: 'Not found' }, 404))

  auth.onError((error, context) => {
    const refusal = error instanceof AuthRefusal ? error : databaseRefusal(error)
    return context.json(refusal, refusal.status)
  })
  return auth
}

/** A trigger of the migrations may refuse a user; hosted Supabase says no more than this to the client. */
function databaseRefusal(error: Error): AuthRefusal {
  console.error(`auth: ${error.message}`)
  const isDatabase = error instanceof postgres.PostgresError
  return new AuthRefusal(
    500,
    'unexpected_failure',
    isDatabase ? 'Database error saving user' : 'Internal error',
  )
}
