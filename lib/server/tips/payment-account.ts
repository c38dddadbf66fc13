import { z } from 'zod'
import { CodedError } from '#lib/protocol/errors.ts'
import type { PaymentsStatus } from '#lib/protocol/tips.ts'
import { callFunction } from '../db/call-function.ts'
import type { Person } from '../db/person.ts'
import { doOnce } from '../stripe/do-once.ts'
import { lookUpAccount } from '../stripe/look-up-account.ts'
import { throwCoded } from '../stripe/stripe-error.ts'
import type { TipDeps } from './tip-deps.ts'

const accountSchema = z.object({
  accountId: z.string(),
  livemode: z.boolean(),
  chargesEnabled: z.boolean(),
  payoutsEnabled: z.boolean(),
  detailsSubmitted: z.boolean(),
  requirementsDue: z.array(z.string()),
  disabledReason: z.string().nullable(),
  isRemoved: z.boolean(),
})
type Account = z.infer<typeof accountSchema>
type AccountDeps = Pick<TipDeps, 'access' | 'service'>

/** A page of Stripe's, for one visit. */
type ProviderPage = { url: string }

/**
 * Looks an account up and keeps how it stands, also that it is removed; `unchanged` where it is nobody's here.
 * @throws CodedError
 */
export async function refreshAccount(
  { access, service }: AccountDeps,
  accountId: string,
): Promise<'applied' | 'unchanged'> {
  const lookedUpAt = Date.now()
  const facts = await lookUpAccount(access, accountId).catch(throwCoded)
  const account = { p_account_id: accountId, p_livemode: access.livemode }
  const schema = z.object({ applied: z.boolean() })
  const { applied } = facts
    ? await callFunction(service, 'apply_payment_account', { ...account, p_facts: facts }, schema)
    : await callFunction(
        service,
        'forget_payment_account',
        { ...account, p_looked_up_at: lookedUpAt },
        schema,
      )
  return applied ? 'applied' : 'unchanged'
}

/**
 * How somebody's account stands, looked up now; null where they have none.
 * @throws CodedError
 */
export async function loadPaymentAccount(
  deps: AccountDeps,
  userId: string,
): Promise<PaymentsStatus['account']> {
  const account = await accountNow(deps, userId)
  if (!account || account.isRemoved) return null
  const { accountId: _, livemode: __, isRemoved: ___, ...status } = account
  return status
}

/**
 * Opens the form by which a DJ tells Stripe who they are and where their money goes; the first time it makes their account,
 * and once more where that was removed.
 * @param deps.origin where they come back to
 * @throws CodedError `not_allowed` for guests
 */
export async function onboard(
  deps: AccountDeps & { origin: string },
  { userId, isGuest }: Person,
): Promise<ProviderPage> {
  if (isGuest) throw new CodedError('not_allowed')
  const known = await accountNow(deps, userId)
  const { accountId } = known && !known.isRemoved ? known : await makeAccount(deps, userId, known)
  const back = `${deps.origin}/studio/tips`
  const { url } = await deps.access.stripe.accountLinks
    .create({
      account: accountId,
      type: 'account_onboarding',
      // A link works once and for minutes: whoever comes too late begins again from their own page.
      refresh_url: back,
      return_url: back,
    })
    .catch(throwCoded)
  return { url }
}

/** Opens the page on which a DJ sees payouts and changes where they go. @throws CodedError `not_found` without an account */
export async function openDashboard(deps: AccountDeps, userId: string): Promise<ProviderPage> {
  const account = await accountOf(deps, userId)
  if (!account?.detailsSubmitted) throw new CodedError('not_found')
  const { url } = await deps.access.stripe.accounts.createLoginLink(account.accountId).catch(throwCoded)
  return { url }
}

/** The account that somebody has in this mode; one of the other mode counts for nothing. */
async function accountOf({ access, service }: AccountDeps, userId: string): Promise<Account | null> {
  const args = { p_user_id: userId }
  const account = await callFunction(service, 'payment_account', args, accountSchema.nullable())
  return account?.livemode === access.livemode ? account : null
}

/** The same, looked up now. */
async function accountNow(deps: AccountDeps, userId: string): Promise<Account | null> {
  const known = await accountOf(deps, userId)
  if (!known) return null
  await refreshAccount(deps, known.accountId)
  return accountOf(deps, userId)
}

/** @param removed the one that somebody had, for which Stripe would answer once more by the same key */
async function makeAccount(
  { access, service }: AccountDeps,
  userId: string,
  removed: Account | null,
): Promise<Account> {
  const { stripe, livemode } = access
  const key = removed ? `account:${userId}:${removed.accountId}` : `account:${userId}`
  // Stripe asks for the country, and for everything else.
  const made = await doOnce(key, (options) =>
    stripe.accounts.create(
      {
        type: 'express',
        capabilities: { card_payments: { requested: true }, transfers: { requested: true } },
        metadata: { user_id: userId },
      },
      options,
    ),
  ).catch(throwCoded)
  const args = { p_user_id: userId, p_account_id: made.id, p_livemode: livemode }
  return callFunction(service, 'remember_payment_account', args, accountSchema)
}
