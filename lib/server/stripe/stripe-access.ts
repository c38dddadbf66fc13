import Stripe from 'stripe'
import { paymentsMode, type ServerEnv } from '#lib/env/server.ts'

/** What the server needs to speak with Stripe, and to know Stripe when it speaks. */
export type StripeAccess = {
  stripe: Stripe
  /** Whether money moves. */
  livemode: boolean
  /** By what events are signed: this platform's own, and those of connected accounts. */
  webhookSecrets: string[]
}

/** Well within the time in which Stripe wants an answer to a webhook. */
const timeoutInMs = 8_000

/** Null where tips are off. */
export function createStripeAccess(env: ServerEnv): StripeAccess | null {
  const { STRIPE_SECRET_KEY: key, STRIPE_WEBHOOK_SECRET: own, STRIPE_CONNECT_WEBHOOK_SECRET: connect } = env
  if (!key || !own || !connect) return null
  const stripe = new Stripe(key, {
    ...addressOf(env.STRIPE_API_URL),
    timeout: timeoutInMs,
    maxNetworkRetries: 2,
    telemetry: false,
  })
  return { stripe, livemode: paymentsMode(env) === 'live', webhookSecrets: [own, connect] }
}

function addressOf(url: string | undefined): Stripe.StripeConfig {
  if (!url) return {}
  const { protocol, hostname, port } = new URL(url)
  const isSecure = protocol === 'https:'
  return { protocol: isSecure ? 'https' : 'http', host: hostname, port: port || (isSecure ? 443 : 80) }
}
