import { createHmac } from 'node:crypto'
import { nowInSeconds } from '../state/ids.ts'
import type { FakeEvent } from '../state/state.ts'
import type { RequestOf } from './deliveries.ts'

export type Webhook = {
  /** Where events are sent, those of the platform and those of connected accounts. */
  url: string
  /** Signs the platform's events. */
  secret: string
  /** Signs the events of connected accounts. */
  connectSecret: string
  /** The wait before the second attempt; it doubles, to a minute at most. A second when absent. */
  firstRetryInMs?: number
}

/** An event as Stripe sends it, signed each time anew. */
export const requestOf =
  ({ secret, connectSecret }: Webhook): RequestOf<FakeEvent> =>
  (event) => {
    const body = JSON.stringify(event, null, 2)
    return {
      body,
      headers: {
        'stripe-signature': signatureHeader(body, event.account ? connectSecret : secret, nowInSeconds()),
        'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      },
    }
  }

/** The header by which a receiver knows who sent it (docs.stripe.com/webhooks#verify-manually). */
function signatureHeader(body: string, secret: string, atInSeconds: number): string {
  const signature = createHmac('sha256', secret).update(`${atInSeconds}.${body}`).digest('hex')
  return `t=${atInSeconds},v1=${signature}`
}
