import type { IncomingHttpHeaders } from 'node:http'
import Stripe from 'stripe'
import { invalidRequest, StripeRefusal } from '../refusal.ts'

/**
 * Checks who asks and in which version: a test key, as Bearer or as Basic's user name, and the version that the installed
 * SDK speaks, since nothing here knows another. @throws StripeRefusal
 */
export function authorise(headers: IncomingHttpHeaders): void {
  const key = keyIn(headers.authorization ?? '')
  if (!key) throw unauthenticated('You did not provide an API key.')
  if (!/^sk_test_\w+$/.test(key)) throw unauthenticated(`Invalid API Key provided: ${key.slice(0, 8)}****`)
  if (headers['stripe-version'] !== Stripe.API_VERSION)
    throw invalidRequest(
      `Invalid Stripe API version: ${headers['stripe-version']}, not ${Stripe.API_VERSION}`,
    )
  if (headers['stripe-account'])
    throw invalidRequest('Requests of connected accounts are not known here (Stripe-Account).')
}

function keyIn(authorization: string): string | undefined {
  const [scheme, value = ''] = authorization.split(' ')
  if (scheme === 'Bearer') return value
  if (scheme === 'Basic') return Buffer.from(value, 'base64').toString().split(':')[0]
  return undefined
}

const unauthenticated = (message: string) =>
  new StripeRefusal(401, { type: 'invalid_request_error', message })
