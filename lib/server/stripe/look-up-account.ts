import type Stripe from 'stripe'
import type { StripeAccess } from './stripe-access.ts'
import { nullWhereNotOurs } from './stripe-error.ts'

/** What SQL is told of a DJ's account (`private.apply_payment_account`). */
export type AccountFacts = {
  /** Whether money can be sent on to it: Stripe's capability `transfers`. */
  chargesEnabled: boolean
  payoutsEnabled: boolean
  detailsSubmitted: boolean
  requirementsDue: string[]
  disabledReason: string | null
  lookedUpAt: number
}

/** How a connected account stands at Stripe now; null where it is removed, or not this platform's. @throws StripeError */
export async function lookUpAccount(
  { stripe }: StripeAccess,
  accountId: string,
): Promise<AccountFacts | null> {
  const lookedUpAt = Date.now()
  const account: Stripe.Account | null = await stripe.accounts.retrieve(accountId).catch(nullWhereNotOurs)
  if (!account) return null
  return {
    chargesEnabled: account.capabilities?.transfers === 'active',
    payoutsEnabled: account.payouts_enabled,
    detailsSubmitted: account.details_submitted,
    requirementsDue: account.requirements?.currently_due ?? [],
    disabledReason: account.requirements?.disabled_reason ?? null,
    lookedUpAt,
  }
}
