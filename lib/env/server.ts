import { z } from 'zod'
import type { PaymentsMode } from '#lib/protocol/public-config.ts'

const address = z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).transform(withoutSlash)
const required = (what: string) => z.string({ error: what }).min(1, what)
const emptyIsAbsent = (value: unknown) => (value === '' ? undefined : value)
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(emptyIsAbsent, schema.optional())

const serverEnvSchema = z.object({
  /** Where this server reaches Supabase. */
  SUPABASE_URL: address,
  SUPABASE_PUBLISHABLE_KEY: required('is missing: the publishable (anon) key'),
  SUPABASE_SECRET_KEY: required('is missing: the secret (service role) key'),
  /** Where browsers reach Supabase, when it is another address. */
  SUPABASE_PUBLIC_URL: optional(address),
  /** The interface the app listens on; all of them when absent. */
  HOST: optional(z.string()),
  LOG_LEVEL: z.preprocess(
    emptyIsAbsent,
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  ),
  /** From so many listeners on, a room is large: its listeners come by SSE, which costs nothing a message. */
  LARGE_ROOM_FROM: z.preprocess(emptyIsAbsent, z.coerce.number().int().nonnegative().default(200)),
  MAX_TRACK_MINUTES: z.preprocess(emptyIsAbsent, z.coerce.number().positive().max(1440).default(90)),
  /** The beginnings of the numbers that get text messages; all of them when absent. */
  AUTH_PHONE_PREFIXES: optional(
    z
      .string()
      .transform((text) => text.split(',').map((prefix) => prefix.trim()))
      .pipe(z.array(z.string().regex(/^\+[1-9]\d{0,6}$/, 'must be a list like +34,+52,+1787'))),
  ),
  /** How many text messages may be sent in a day (UTC); no limit when absent. */
  AUTH_TEXTS_A_DAY: optional(z.coerce.number().int().nonnegative()),
  /** Turnstile's key pair, whose secret Supabase has too; the captcha is off when absent. */
  TURNSTILE_SITE_KEY: optional(z.string()),
  TURNSTILE_SECRET_KEY: optional(z.string()),
  /** Web Push (RFC 8292): the key pair that push services know this server by, and whom they can write to. */
  VAPID_PUBLIC_KEY: optional(z.string().regex(/^[\w-]{87}$/, 'must be 65 bytes in base64url')),
  VAPID_PRIVATE_KEY: optional(z.string().regex(/^[\w-]{43}$/, 'must be 32 bytes in base64url')),
  VAPID_SUBJECT: optional(
    z.url({ protocol: /^(mailto|https)$/, error: 'must be a mailto: or https: address' }),
  ),
  /** Push services besides the known ones: `push.example.org`, `*.example.org`, or a whole origin. */
  PUSH_HOSTS: optional(z.string().transform((text) => text.split(/[\s,]+/).filter(Boolean))),
  /** For Expo's push service, where its project demands one. */
  EXPO_ACCESS_TOKEN: optional(z.string()),
  /** Expo's push service. */
  EXPO_PUSH_URL: optional(address),
  /** Tips by card: this platform's key at Stripe, and by what it knows Stripe's own events and those of connected accounts. */
  STRIPE_SECRET_KEY: optional(
    z.string().regex(/^[rs]k_(test|live)_\w+$/, 'must be a secret or restricted key: sk_test_…, rk_live_…'),
  ),
  STRIPE_WEBHOOK_SECRET: optional(z.string().regex(/^whsec_\w+$/, 'must be a signing secret: whsec_…')),
  STRIPE_CONNECT_WEBHOOK_SECRET: optional(
    z.string().regex(/^whsec_\w+$/, 'must be a signing secret: whsec_…'),
  ),
  /** What stands in for Stripe's API in tests; Stripe itself when absent. */
  STRIPE_API_URL: optional(address),
  /** What the database, or another scheduler, shows to have push-dispatch and media-trigger do their work. */
  TRIGGER_SECRET: optional(z.string().min(32, 'must have 32 characters or more')),
  /** WhatsSound Plus: this project's secret key at RevenueCat (API v1), and the header by which its notifications are known. */
  REVENUECAT_SECRET_KEY: optional(z.string().regex(/^sk_\w+$/, 'must be a secret key: sk_…')),
  REVENUECAT_WEBHOOK_AUTHORIZATION: optional(z.string().min(16, 'must have 16 characters or more')),
  /** The public key by which browsers buy: of Web Billing or, to try it out, of its sandbox or the Test Store. */
  REVENUECAT_WEB_KEY: optional(
    z.string().regex(/^(rcb|test)_[\w.-]+$/, 'must be a public key: rcb_…, rcb_sb_…, test_…'),
  ),
  /** Purchases of RevenueCat's sandbox count too: for trying it out, never in production. */
  REVENUECAT_SANDBOX: optional(z.stringbool()),
  /** What stands in for RevenueCat's API in tests; RevenueCat itself when absent. */
  REVENUECAT_API_URL: optional(address),
  /** Where browsers reach that, when it is another address. */
  REVENUECAT_PUBLIC_URL: optional(address),
})
export type ServerEnv = z.infer<typeof serverEnvSchema>

const workerEnvSchema = serverEnvSchema.extend({
  /** The worker and the migrations speak to Postgres itself. */
  SUPABASE_DB_URL: z.url({
    protocol: /^postgres(ql)?$/,
    error: 'must be a postgres:// address',
  }),
})
export type WorkerEnv = z.infer<typeof workerEnvSchema>

/** Every variable that the app and the worker know. */
export const environmentNames = Object.keys(workerEnvSchema.shape)

export type EnvSource = Readonly<Record<string, string | undefined>>

/** What is on once all of it is set. */
export const pairs = [
  ['VAPID_PUBLIC_KEY', 'VAPID_PRIVATE_KEY', 'VAPID_SUBJECT'],
  ['TURNSTILE_SITE_KEY', 'TURNSTILE_SECRET_KEY'],
  ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET', 'STRIPE_CONNECT_WEBHOOK_SECRET'],
  ['REVENUECAT_SECRET_KEY', 'REVENUECAT_WEBHOOK_AUTHORIZATION', 'REVENUECAT_WEB_KEY'],
] as const

/** Half of what belongs together is a mistake, not something that is off. */
function isWhole(env: ServerEnv, context: z.RefinementCtx): void {
  for (const names of pairs) {
    const missing = names.filter((name) => !env[name])
    if (missing.length === names.length) continue
    for (const name of missing) {
      const message = `is missing: ${names.join(', ')} belong together`
      context.addIssue({ code: 'custom', path: [name], message })
    }
  }
  if (env.STRIPE_API_URL && paymentsMode(env) !== 'test') {
    const message = 'goes with a test key alone: a live key is for Stripe itself'
    context.addIssue({ code: 'custom', path: ['STRIPE_API_URL'], message })
  }
  if (env.REVENUECAT_API_URL && plusMode(env) !== 'test') {
    const message = 'goes with REVENUECAT_SANDBOX=true alone: what is real is asked of RevenueCat itself'
    context.addIssue({ code: 'custom', path: ['REVENUECAT_API_URL'], message })
  }
  if (env.REVENUECAT_PUBLIC_URL && !env.REVENUECAT_API_URL) {
    const message = 'goes with REVENUECAT_API_URL alone: RevenueCat itself has one address for all'
    context.addIssue({ code: 'custom', path: ['REVENUECAT_PUBLIC_URL'], message })
  }
  const { REVENUECAT_WEB_KEY: webKey, REVENUECAT_SANDBOX: isSandbox = false } = env
  if (webKey && isSandboxKey(webKey) !== isSandbox) {
    const message = isSandboxKey(webKey)
      ? 'is for trying it out and sells nothing: it goes with REVENUECAT_SANDBOX=true alone, and rcb_… sells'
      : 'takes real money: with REVENUECAT_SANDBOX=true goes a key for trying it out, rcb_sb_… or test_…'
    context.addIssue({ code: 'custom', path: ['REVENUECAT_WEB_KEY'], message })
  }
}

/** Whether a public key is of Web Billing's sandbox or of the Test Store, where no money moves. */
const isSandboxKey = (key: string): boolean => /^(rcb_sb|test)_/.test(key)

/** Whether people can tip, and whether money moves when they do. */
export function paymentsMode({ STRIPE_SECRET_KEY: key }: Pick<ServerEnv, 'STRIPE_SECRET_KEY'>): PaymentsMode {
  if (!key) return 'off'
  return key.includes('_live_') ? 'live' : 'test'
}

/** Whether Plus can be bought, and whether purchases of the sandbox count. */
export function plusMode(env: Pick<ServerEnv, 'REVENUECAT_SECRET_KEY' | 'REVENUECAT_SANDBOX'>): PaymentsMode {
  if (!env.REVENUECAT_SECRET_KEY) return 'off'
  return env.REVENUECAT_SANDBOX ? 'test' : 'live'
}

/** Reads what the app needs. @throws Error that names every variable that is missing or wrong. */
export function parseServerEnv(source: EnvSource): ServerEnv {
  return parse(serverEnvSchema.superRefine(isWhole), source)
}

/** Reads what the worker needs. @throws Error that names every variable that is missing or wrong. */
export function parseWorkerEnv(source: EnvSource): WorkerEnv {
  return parse(workerEnvSchema.superRefine(isWhole), source)
}

let known: ServerEnv | undefined

/** The app's environment, parsed at the first call: at start, from `instrumentation.ts`. */
export function serverEnv(): ServerEnv {
  known ??= parseServerEnv(process.env)
  return known
}

function parse<T>(schema: z.ZodType<T>, source: EnvSource): T {
  const result = schema.safeParse(source)
  if (result.success) return result.data
  const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')} ${issue.message}`)
  throw new Error(`The environment is not complete (.env.example explains it):\n${lines.join('\n')}`)
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}
