import { expire } from '../payments/checkout.ts'
import { openSession } from '../payments/open-session.ts'
import { find } from '../refusal.ts'
import { createSessionParameters, listSessionsParameters } from './checkout-parameters.ts'
import { isWithin } from './created.ts'
import { endpoint, pageOf } from './endpoint.ts'
import { readParameters } from './parameters.ts'

const kind = 'checkout.session'

export const checkoutEndpoints = [
  endpoint('POST /v1/checkout/sessions', createSessionParameters, openSession),

  endpoint('GET /v1/checkout/sessions', listSessionsParameters, ({ state }, parameters) => {
    const { created, status, payment_intent: intentId } = parameters
    return pageOf(
      state.sessions,
      kind,
      parameters,
      (session) =>
        isWithin(session.created, created) &&
        (!status || session.status === status) &&
        (!intentId || session.payment_intent === intentId),
    )
  }),

  endpoint('GET /v1/checkout/sessions/:id', readParameters, ({ state }, _, id) =>
    find(state.sessions, id, kind),
  ),

  endpoint('POST /v1/checkout/sessions/:id/expire', readParameters, (fake, _, id) => {
    const session = find(fake.state.sessions, id, kind)
    expire(fake, session)
    return session
  }),
]
