import Stripe from 'stripe'
import { makeId, nowInSeconds } from '../state/ids.ts'
import type { EventObjects, EventType, FakeEvent } from '../state/state.ts'

/** An event with the object as it is now; `account` makes it one of Connect. */
export function makeEvent<Type extends EventType>(
  type: Type,
  object: EventObjects[Type],
  account?: string,
): FakeEvent<Type> {
  return {
    id: makeId('evt_'),
    object: 'event',
    ...(account ? { account } : {}),
    api_version: Stripe.API_VERSION,
    created: nowInSeconds(),
    data: { object: structuredClone(object) },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
  }
}
