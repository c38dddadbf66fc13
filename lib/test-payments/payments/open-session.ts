import type { CreateSessionParameters } from '../api/checkout-parameters.ts'
import { newSession } from '../objects/checkout-session.ts'
import { invalidRequest, noSuch } from '../refusal.ts'
import { makeId, nowInSeconds } from '../state/ids.ts'
import type { Fake, Order, Session, State } from '../state/state.ts'
import { checkAmount } from './currencies.ts'

const shortestInSeconds = 30 * 60
const longestInSeconds = 24 * 60 * 60
/** Stripe measures from when it has the request, which may be a moment after it was written. */
const toleranceInSeconds = 10

/** Opens a Checkout Session. @throws StripeRefusal by the rules that Stripe has for amounts, fees and destinations */
export function openSession({ state, publicUrl }: Fake, parameters: CreateSessionParameters): Session {
  const { line_items: items, payment_intent_data: intentData } = parameters
  const prices = items.map((item) => item.price_data)
  const currency = prices[0]?.currency ?? ''
  if (prices.some((price) => price.currency !== currency))
    throw invalidRequest('All prices must have the same currency.', { param: 'line_items' })
  const amount = items.reduce((sum, item) => sum + item.price_data.unit_amount * item.quantity, 0)
  checkAmount(amount, currency)
  const order: Order = {
    title: prices[0]?.product_data.name ?? '',
    description: intentData?.description ?? null,
    feeInMinorUnits: intentData?.application_fee_amount ?? null,
    destination: intentData?.transfer_data?.destination ?? null,
    metadata: intentData?.metadata ?? {},
  }
  checkOrder(state, order, amount)
  const created = nowInSeconds()
  const id = makeId('cs_test_a1', 56)
  const session = newSession({
    ...{ id, created, currency, amount_total: amount },
    adaptive_pricing: parameters.adaptive_pricing ?? null,
    cancel_url: parameters.cancel_url ?? null,
    client_reference_id: parameters.client_reference_id ?? null,
    expires_at: checkExpiry(parameters.expires_at ?? created + longestInSeconds, created),
    metadata: parameters.metadata,
    submit_type: parameters.submit_type ?? null,
    success_url: parameters.success_url,
    url: `${publicUrl}/c/pay/${id}`,
  })
  state.sessions[id] = session
  state.orders[id] = order
  return session
}

function checkOrder({ accounts }: State, { destination, feeInMinorUnits }: Order, amount: number): void {
  const feeParam = 'payment_intent_data[application_fee_amount]'
  if (feeInMinorUnits !== null && !destination)
    throw invalidRequest('An application_fee_amount needs a destination (transfer_data).', {
      param: feeParam,
    })
  if (feeInMinorUnits !== null && feeInMinorUnits > amount)
    throw invalidRequest('The application_fee_amount must not be more than the amount of the charge.', {
      param: feeParam,
    })
  if (!destination) return
  const param = 'payment_intent_data[transfer_data][destination]'
  const account = Object.hasOwn(accounts, destination) ? accounts[destination] : undefined
  if (!account) throw noSuch('destination', destination, param)
  if (account.capabilities?.transfers !== 'active')
    throw invalidRequest(
      'Your destination account needs to have at least one of the following capabilities enabled: transfers',
      { code: 'insufficient_capabilities_for_transfer', param },
    )
}

function checkExpiry(expiresAt: number, created: number): number {
  const inSeconds = expiresAt - created
  const param = 'expires_at'
  if (inSeconds < shortestInSeconds - toleranceInSeconds)
    throw invalidRequest('expires_at must be at least 30 minutes from Checkout Session creation.', { param })
  if (inSeconds > longestInSeconds + toleranceInSeconds)
    throw invalidRequest('expires_at must be less than 24 hours from Checkout Session creation.', { param })
  return expiresAt
}
