import { z } from 'zod'
import { refund } from '../payments/after-payment.ts'
import { refundFee } from '../payments/refund-fee.ts'
import { find, invalidRequest } from '../refusal.ts'
import type { Charge, Dispute, State } from '../state/state.ts'
import { endpoint, pageOf } from './endpoint.ts'
import {
  boolean,
  expand,
  metadata,
  pageParameters,
  positiveAmount,
  readParameters,
  text,
} from './parameters.ts'

const refundParameters = z.strictObject({
  payment_intent: text().optional(),
  charge: text().optional(),
  amount: positiveAmount.optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  refund_application_fee: boolean.default(false),
  reverse_transfer: boolean.default(false),
  metadata,
  expand,
})

const refundFeeParameters = z.strictObject({ amount: positiveAmount.optional(), expand })
const listRefundsParameters = z.strictObject({ ...pageParameters, charge: text().optional() })
const listOfPaymentParameters = z.strictObject({ ...pageParameters, payment_intent: text().optional() })

export const paymentEndpoints = [
  endpoint('GET /v1/payment_intents/:id', readParameters, ({ state }, _, id) =>
    find(state.paymentIntents, id, 'payment_intent', 'intent'),
  ),
  endpoint('GET /v1/charges', listOfPaymentParameters, ({ state }, parameters) =>
    pageOf(state.charges, 'charge', parameters, isOfPayment(parameters.payment_intent)),
  ),
  endpoint('GET /v1/charges/:id', readParameters, ({ state }, _, id) => find(state.charges, id, 'charge')),
  endpoint('POST /v1/refunds', refundParameters, (fake, parameters) =>
    refund(fake, chargeToRefund(fake.state, parameters), {
      amountInMinorUnits: parameters.amount,
      reason: parameters.reason ?? null,
      metadata: parameters.metadata,
      reversesTransfer: parameters.reverse_transfer,
      refundsFee: parameters.refund_application_fee,
    }),
  ),
  endpoint('GET /v1/refunds', listRefundsParameters, ({ state }, parameters) =>
    pageOf(
      state.refunds,
      'refund',
      parameters,
      ({ charge }) => !parameters.charge || charge === parameters.charge,
    ),
  ),
  endpoint('GET /v1/refunds/:id', readParameters, ({ state }, _, id) => find(state.refunds, id, 'refund')),
  endpoint('POST /v1/application_fees/:id/refunds', refundFeeParameters, (fake, { amount }, id) =>
    refundFee(fake, id, amount),
  ),
  endpoint('GET /v1/disputes', listOfPaymentParameters, ({ state }, parameters) =>
    pageOf(state.disputes, 'dispute', parameters, isOfPayment(parameters.payment_intent)),
  ),
  endpoint('GET /v1/disputes/:id', readParameters, ({ state }, _, id) => find(state.disputes, id, 'dispute')),
]

const isOfPayment =
  (intentId: string | undefined) =>
  ({ payment_intent }: Charge | Dispute): boolean =>
    !intentId || payment_intent === intentId

function chargeToRefund(
  state: State,
  { payment_intent: intentId, charge: chargeId }: z.infer<typeof refundParameters>,
): Charge {
  if ((intentId === undefined) === (chargeId === undefined))
    throw invalidRequest('One of the following params should be provided: payment_intent or charge.')
  const latest =
    intentId && find(state.paymentIntents, intentId, 'payment_intent', 'payment_intent').latest_charge
  const charge = find(state.charges, latest ?? chargeId ?? '', 'charge', 'charge')
  if (!charge.paid) throw invalidRequest(`${intentId ?? chargeId} has no successful charge to refund.`)
  return charge
}
