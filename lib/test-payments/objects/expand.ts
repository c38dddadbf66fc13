import { find, invalidRequest } from '../refusal.ts'
import type { State } from '../state/state.ts'
import { applicationFees, transfersOf } from './payment.ts'

type Fields = Record<string, unknown>

/** The fields that can be expanded, and where the objects are whose ids they have. */
const expandable: Record<string, (state: State) => Record<string, object>> = {
  application_fee: applicationFees,
  balance_transaction: (state) => state.balanceTransactions,
  charge: (state) => state.charges,
  destination: (state) => state.accounts,
  latest_charge: (state) => state.charges,
  payment_intent: (state) => state.paymentIntents,
  transfer: transfersOf,
}

const mostLevels = 4

/** Puts whole objects where ids are (docs.stripe.com/api/expanding_objects). @throws StripeRefusal */
export function expandPaths(state: State, answer: object, paths: string[]): object {
  const expand = (object: Fields, path: string) => {
    const levels = path.split('.')
    if (levels.length > mostLevels)
      throw invalidRequest(`You cannot expand more than ${mostLevels} levels of a property (${path}).`, {
        param: 'expand',
      })
    return expandIn(state, object, levels, path)
  }
  return paths.reduce(expand, { ...answer })
}

function expandIn(state: State, owner: Fields, [name = '', ...rest]: string[], path: string): Fields {
  const value = owner.object === 'charge' && name === 'refunds' ? refundsOf(state, owner) : owner[name]
  // A charge that sent nothing on has no transfer at all.
  if (value === null || (owner.object === 'charge' && name === 'transfer' && value === undefined))
    return owner
  const records = expandable[name]?.(state)
  const whole = typeof value === 'string' && records ? find(records, value, name) : value
  if (typeof whole !== 'object' || whole === null)
    throw invalidRequest(`This property cannot be expanded (${path}).`, { param: 'expand' })
  if (rest.length === 0) return { ...owner, [name]: whole }
  const further = (inner: object) => expandIn(state, { ...inner }, rest, path)
  return { ...owner, [name]: Array.isArray(whole) ? whole.map(further) : further(whole) }
}

const refundsInCharge = 10

/** A charge's refunds are not part of it unless they are asked for; then the newest ten are. */
function refundsOf(state: State, { id }: Fields) {
  const all = Object.values(state.refunds).filter((refund) => refund.charge === id)
  const data = all.reverse().slice(0, refundsInCharge)
  return { object: 'list', data, has_more: all.length > data.length, url: `/v1/charges/${id}/refunds` }
}
