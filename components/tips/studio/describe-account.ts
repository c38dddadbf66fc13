import type { PaymentsStatus } from '#lib/protocol/tips.ts'

type AccountState = 'none' | 'ready' | 'no_payouts' | 'rejected' | 'missing' | 'checking'

/** Names of the texts that say so. */
export const accountTexts = {
  none: 'accountNone',
  ready: 'accountReady',
  no_payouts: 'accountNoPayouts',
  rejected: 'accountRejected',
  missing: 'accountMissing',
  checking: 'accountChecking',
} as const satisfies Record<AccountState, string>

/** How an account at the payment provider stands, in one word. */
export function accountStateOf(account: PaymentsStatus['account']): AccountState {
  if (!account) return 'none'
  const { chargesEnabled, payoutsEnabled, detailsSubmitted, requirementsDue, disabledReason } = account
  if (chargesEnabled) return payoutsEnabled ? 'ready' : 'no_payouts'
  if (disabledReason?.startsWith('rejected.')) return 'rejected'
  return requirementsDue.length > 0 || !detailsSubmitted ? 'missing' : 'checking'
}

export type Topic = 'bank' | 'terms' | 'person' | 'business'
export type Requirement = { topic: Topic } | { topic: 'other'; name: string }

/** By how their names begin (https://docs.stripe.com/connect/required-verification-information). */
const topicByBeginning: readonly (readonly [RegExp, Topic])[] = [
  [/^external_account/, 'bank'],
  [/^tos_acceptance/, 'terms'],
  [/^(individual|person_\w+|owners|representative|directors|executives)(\.|$)/, 'person'],
  [/^(business_profile|business_type|company)(\.|$)/, 'business'],
]

/** What the provider still wants, each kind once; what nobody here knows keeps its own name. */
export function requirementsIn(names: readonly string[]): Requirement[] {
  const found = new Map<string, Requirement>()
  for (const name of names) {
    const topic = topicByBeginning.find(([beginning]) => beginning.test(name))?.[1]
    found.set(topic ?? name, topic ? { topic } : { topic: 'other', name })
  }
  return [...found.values()]
}
