import type Stripe from 'stripe'
import { nowInSeconds } from '../state/ids.ts'
import { nullsOf } from './nulls.ts'

/** What the onboarding asks for; due until it is completed. */
const asked = ['business_profile.url', 'external_account', 'tos_acceptance.date', 'tos_acceptance.ip']

const nullProfile = nullsOf<Stripe.Account.BusinessProfile>()

const currencyByCountry: Record<string, string> = {
  ...{ AU: 'aud', BR: 'brl', CA: 'cad', CH: 'chf', GB: 'gbp', JP: 'jpy', MX: 'mxn', US: 'usd' },
}

type Given = Pick<Stripe.Account, 'id' | 'metadata'> & {
  country: string
  capabilities: ('card_payments' | 'transfers')[]
}

/** A new Express account, with everything due. */
export function newAccount({ country, capabilities, ...given }: Given): Stripe.Account {
  return {
    ...given,
    object: 'account',
    business_profile: {
      ...nullProfile('mcc', 'minority_owned_business_designation', 'name', 'support_address'),
      ...nullProfile('specified_commercial_transactions_act_url', 'support_email', 'support_phone'),
      ...nullProfile('support_url', 'url'),
    },
    capabilities: Object.fromEntries(capabilities.map((name) => [name, 'inactive'])),
    charges_enabled: false,
    country,
    created: nowInSeconds(),
    default_currency: currencyByCountry[country] ?? 'eur',
    details_submitted: false,
    email: null,
    payouts_enabled: false,
    requirements: requirements(asked, 'requirements.past_due'),
    type: 'express',
  }
}

/** Switches what an account may do, as the end of the onboarding or a restriction does. */
export function switchAccount(account: Stripe.Account, isActive: boolean): void {
  const status = isActive ? 'active' : 'inactive'
  const capabilities = Object.keys(account.capabilities ?? {})
  account.capabilities = Object.fromEntries(capabilities.map((name) => [name, status]))
  account.charges_enabled = isActive && capabilities.includes('card_payments')
  account.payouts_enabled = isActive
  account.details_submitted = true
  account.requirements = requirements([], isActive ? null : 'rejected.other')
}

function requirements(
  due: string[],
  disabledReason: Stripe.Account.Requirements.DisabledReason | null,
): Stripe.Account.Requirements {
  return {
    ...{ alternatives: [], errors: [], pending_verification: [], current_deadline: null },
    ...{ currently_due: due, eventually_due: due, past_due: due, disabled_reason: disabledReason },
  }
}
