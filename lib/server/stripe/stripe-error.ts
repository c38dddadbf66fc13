import Stripe from 'stripe'
import { CodedError, type ErrorCode } from '#lib/protocol/errors.ts'

const { StripeError, StripeConnectionError, StripeAPIError, StripeRateLimitError } = Stripe.errors

/** Stripe's codes that mean something to a person (docs.stripe.com/error-codes). */
const codeByStripeCode: Readonly<Record<string, ErrorCode>> = {
  account_invalid: 'tips_off',
  charge_disputed: 'tip_disputed',
  idempotency_key_in_use: 'unavailable',
  lock_timeout: 'unavailable',
}

/** To `catch` what a call of Stripe throws. @throws CodedError for what Stripe said, and anything else as it is */
export function throwCoded(thrown: unknown): never {
  if (!(thrown instanceof StripeError)) throw thrown
  const passes =
    thrown instanceof StripeConnectionError ||
    thrown instanceof StripeAPIError ||
    thrown instanceof StripeRateLimitError
  const known = isRefusedDestination(thrown) ? 'tips_off' : codeByStripeCode[thrown.code ?? '']
  throw new CodedError(known ?? (passes ? 'unavailable' : 'internal'), { cause: thrown })
}

/** Whether money cannot be sent on to the account that was named: it is restricted, or removed. */
export function isRefusedDestination(thrown: unknown): boolean {
  if (!(thrown instanceof StripeError)) return false
  return (
    thrown.code === 'insufficient_capabilities_for_transfer' || /\[destination\]$/.test(thrown.param ?? '')
  )
}

/** To `catch` what looking up a connected account throws: Stripe does not say whether others exist. */
export function nullWhereNotOurs(thrown: unknown): null {
  if (thrown instanceof StripeError && thrown.code === 'account_invalid') return null
  throw thrown
}

/** To `catch` what looking something up throws. */
export function nullWhereMissing(thrown: unknown): null {
  if (thrown instanceof StripeError && thrown.code === 'resource_missing') return null
  throw thrown
}
