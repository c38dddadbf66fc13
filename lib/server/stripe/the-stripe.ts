import { serverEnv } from '#lib/env/server.ts'
import { CodedError } from '#lib/protocol/errors.ts'
import { createStripeAccess, type StripeAccess } from './stripe-access.ts'

let known: StripeAccess | null | undefined

/** This process's access to Stripe. Needs the server's environment. @throws CodedError `tips_off` */
export function theStripe(): StripeAccess {
  known ??= createStripeAccess(serverEnv())
  if (!known) throw new CodedError('tips_off')
  return known
}
