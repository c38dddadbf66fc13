import type Stripe from 'stripe'
import { answerWebhook } from '../http/answer-webhook.ts'
import { readBytes } from '../http/read-json-body.ts'
import type { Log } from '../log.ts'
import { eventSubject } from '../stripe/event-subject.ts'
import { checkoutOf, lookUpTip } from '../stripe/look-up-tip.ts'
import { throwCoded } from '../stripe/stripe-error.ts'
import { verifyEvent } from '../stripe/verify-event.ts'
import { applyTip } from './apply-tip.ts'
import { refreshAccount } from './payment-account.ts'
import type { TipDeps } from './tip-deps.ts'

const bodyMaxBytes = 512 * 1024

/**
 * Takes an event of Stripe's. It only says what to look up: events come late, twice and out of order for three days, and
 * what is looked up is always of now. 200 is said where that was applied, or there is nothing to apply; on anything else
 * Stripe sends the event again.
 */
export function receiveStripeEvent(openDeps: () => TipDeps, log: Log, request: Request): Promise<Response> {
  return answerWebhook('/api/webhooks/stripe', log, async (requestLog) => {
    const deps = openDeps()
    const body = new TextDecoder().decode(await readBytes(request, bodyMaxBytes))
    const event = await verifyEvent(deps.access, body, request.headers.get('stripe-signature') ?? '')
    const outcome = await apply(deps, event)
    const said = { eventId: event.id, type: event.type, outcome }
    if (outcome === 'refused') requestLog.error(said, 'an event contradicts its tip')
    else if (event.type === 'refund.failed')
      requestLog.error(said, 'a refund failed: its money is with the platform')
    else requestLog.info(said, 'took an event')
    return { outcome }
  })
}

type Outcome = 'applied' | 'unchanged' | 'repeated' | 'refused' | 'ignored'

/** @throws CodedError */
async function apply(deps: TipDeps, event: Stripe.Event): Promise<Outcome> {
  // A live endpoint for connected accounts gets their test events too (docs.stripe.com/connect/webhooks).
  const subject = event.livemode === deps.access.livemode ? eventSubject(event) : null
  if (!subject) return 'ignored'
  if (subject.kind === 'account') return refreshAccount(deps, subject.accountId)
  const checkoutId = await checkoutOf(deps.access, subject).catch(throwCoded)
  const facts = checkoutId && (await lookUpTip(deps.access, checkoutId).catch(throwCoded))
  if (!facts) return 'ignored'
  return (await applyTip(deps, facts, event)).outcome
}
