import type Stripe from 'stripe'
import { z } from 'zod'
import { newAccount } from '../objects/account.ts'
import { invalidRequest, StripeRefusal } from '../refusal.ts'
import { makeId, nowInSeconds } from '../state/ids.ts'
import type { State } from '../state/state.ts'
import { endpoint } from './endpoint.ts'
import { boolean, country, expand, metadata, readParameters, text, url } from './parameters.ts'

const linkExpiresAfterInSeconds = 5 * 60
const capability = z.strictObject({ requested: boolean }).optional()

const createParameters = z.strictObject({
  type: z.literal('express'),
  country: country.default('US'),
  capabilities: z.strictObject({ card_payments: capability, transfers: capability }).optional(),
  metadata,
  expand,
})

const linkParameters = z.strictObject({
  account: text(),
  type: z.enum(['account_onboarding', 'account_update']),
  refresh_url: url,
  return_url: url,
  expand,
})

export const accountEndpoints = [
  endpoint('POST /v1/accounts', createParameters, ({ state }, parameters) => {
    const account = newAccount({
      id: makeId('acct_', 16),
      country: parameters.country,
      metadata: parameters.metadata,
      capabilities: (['card_payments', 'transfers'] as const).filter(
        (name) => parameters.capabilities?.[name]?.requested,
      ),
    })
    state.accounts[account.id] = account
    return account
  }),

  endpoint('GET /v1/accounts/:id', readParameters, (fake, _, id) => ownAccount(fake.state, id)),

  endpoint('POST /v1/account_links', linkParameters, (fake, parameters) => {
    ownAccount(fake.state, parameters.account)
    if (parameters.type === 'account_update')
      throw invalidRequest('You cannot create account_update links for Express accounts.', { param: 'type' })
    const created = nowInSeconds()
    const token = makeId('', 12)
    fake.state.accountLinks[token] = {
      accountId: parameters.account,
      expiresAtInSeconds: created + linkExpiresAfterInSeconds,
      refreshUrl: parameters.refresh_url,
      returnUrl: parameters.return_url,
      wasVisited: false,
    }
    return {
      object: 'account_link',
      created,
      expires_at: created + linkExpiresAfterInSeconds,
      url: `${fake.publicUrl}/setup/e/${parameters.account}/${token}`,
    }
  }),

  endpoint('POST /v1/accounts/:id/login_links', readParameters, (fake, _, id) => {
    if (!ownAccount(fake.state, id).details_submitted)
      throw invalidRequest('Cannot create a login link for an account that has not completed onboarding.')
    const token = makeId('', 12)
    fake.state.loginLinks[token] = id
    return { object: 'login_link', created: nowInSeconds(), url: `${fake.publicUrl}/express/${id}/${token}` }
  }),
]

/** An account of this platform; Stripe does not say whether others exist. @throws StripeRefusal 403 */
function ownAccount({ accounts }: State, id: string): Stripe.Account {
  const account = Object.hasOwn(accounts, id) ? accounts[id] : undefined
  if (account) return account
  throw new StripeRefusal(403, {
    type: 'invalid_request_error',
    code: 'account_invalid',
    message: `The provided key does not have access to account '${id}' (or that account does not exist).`,
  })
}
