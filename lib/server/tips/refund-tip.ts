import type { z } from 'zod'
import { CodedError } from '#lib/protocol/errors.ts'
import type { tipRefundedSchema } from '#lib/protocol/tips.ts'
import { toCodedError } from '../db/call-function.ts'
import { doOnce } from '../stripe/do-once.ts'
import { throwCoded } from '../stripe/stripe-error.ts'
import { refreshTip } from './apply-tip.ts'
import type { TipDeps } from './tip-deps.ts'

/**
 * Gives the whole of a tip back, by the DJ who got it: out of their account, and the house gives its fee back too
 * (docs.stripe.com/connect/destination-charges#issue-refunds). Repeating it changes nothing.
 * @throws CodedError
 */
export async function refundTip(
  deps: TipDeps,
  djId: string,
  tipId: string,
): Promise<z.infer<typeof tipRefundedSchema>> {
  const { data: tip, error } = await deps.service
    .from('tips')
    .select('livemode, status, fee_amount, checkout_id, payment_intent_id')
    .eq('id', tipId)
    .eq('dj_id', djId)
    .maybeSingle()
  if (error) throw toCodedError(error)
  if (!tip || tip.livemode !== deps.access.livemode) throw new CodedError('not_found')
  if (tip.status === 'refunded') return { tipId, status: 'refunded' }
  const isPaid = tip.status === 'paid' || tip.status === 'partly_refunded'
  if (!isPaid || !tip.checkout_id || !tip.payment_intent_id) throw new CodedError('stale')
  const parameters = {
    payment_intent: tip.payment_intent_id,
    reverse_transfer: true,
    ...(tip.fee_amount > 0 && { refund_application_fee: true }),
  }
  await doOnce(`${tipId}:refund`, (options) => deps.access.stripe.refunds.create(parameters, options)).catch(
    unlessRefunded,
  )
  const refreshed = await refreshTip(deps, tip.checkout_id)
  if (!('status' in refreshed)) throw new CodedError('internal', { cause: refreshed })
  return { tipId, status: refreshed.status }
}

/** Somebody was faster, perhaps in Stripe's dashboard. */
function unlessRefunded(thrown: unknown): void {
  if ((thrown as { code?: string } | null)?.code !== 'charge_already_refunded') throwCoded(thrown)
}
