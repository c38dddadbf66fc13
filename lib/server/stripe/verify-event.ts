import Stripe from 'stripe'
import { CodedError } from '#lib/protocol/errors.ts'
import type { StripeAccess } from './stripe-access.ts'

/**
 * The event in a webhook's raw body, once its signature is right and not older than five minutes
 * (docs.stripe.com/webhooks/signature). @throws CodedError `invalid_input`
 */
export async function verifyEvent(
  { stripe, webhookSecrets }: StripeAccess,
  body: string,
  signature: string,
): Promise<Stripe.Event> {
  let cause: unknown
  for (const secret of webhookSecrets) {
    try {
      return await stripe.webhooks.constructEventAsync(body, signature, secret)
    } catch (thrown) {
      cause = thrown
      if (!(thrown instanceof Stripe.errors.StripeSignatureVerificationError)) break
    }
  }
  throw new CodedError('invalid_input', { field: 'stripe-signature', cause })
}
