import type Stripe from 'stripe'
import { switchAccount } from '../objects/account.ts'
import type { Fake } from '../state/state.ts'

/** The person gave Stripe all that it asked for. */
export const completeOnboarding = (fake: Fake, account: Stripe.Account) => changeStatus(fake, account, true)

/** Stripe takes the capabilities away, or gives them back. */
export function changeStatus(fake: Fake, account: Stripe.Account, isActive: boolean): void {
  switchAccount(account, isActive)
  fake.emit('account.updated', account, account.id)
}
