import type Stripe from 'stripe'
import { switchAccount } from '../objects/account.ts'
import type { Fake } from '../state/state.ts'

/** The person gave Stripe all that it asked for. */
export const completeOnboarding = (fake: Fake, account: Stripe.Account) => changeStatus(fake, account, true)

/** Somebody removes the account: the platform, in the dashboard, or its owner, who wants nothing to do with it. */
export function removeAccount(fake: Fake, { id }: Stripe.Account): void {
  delete fake.state.accounts[id]
  fake.emit('account.application.deauthorized', { id: 'ca_test', object: 'application', name: null }, id)
}

/** Stripe takes the capabilities away, or gives them back. */
export function changeStatus(fake: Fake, account: Stripe.Account, isActive: boolean): void {
  switchAccount(account, isActive)
  fake.emit('account.updated', account, account.id)
}
