import type Stripe from 'stripe'
import { z } from 'zod'
import { CodedError } from '#lib/protocol/errors.ts'
import type { OpenTip, tipOpenedSchema } from '#lib/protocol/tips.ts'
import { callFunction } from '../db/call-function.ts'
import type { Rpc } from '../db/clients.ts'
import { doOnce } from '../stripe/do-once.ts'
import { isRefusedDestination, throwCoded } from '../stripe/stripe-error.ts'
import { refreshAccount } from './payment-account.ts'
import type { TipDeps } from './tip-deps.ts'

const tipToOpenSchema = z.object({
  tipId: z.uuid(),
  amount: z.number().int(),
  currency: z.string(),
  feeAmount: z.number().int(),
  destination: z.string(),
  livemode: z.boolean(),
  checkoutId: z.string().nullable(),
  djName: z.string(),
  sessionSlug: z.string().nullable(),
})
type TipToOpen = z.infer<typeof tipToOpenSchema>

type OpenTipDeps = Pick<TipDeps, 'access' | 'service'> & {
  /** Acts as who gives. */
  db: Rpc
  /** Where they come back to. */
  origin: string
  /** What the page calls the tip. */
  titleFor: (djName: string) => string
}

/**
 * Begins a tip and opens Stripe's page for it. SQL decides what is paid, to whom, and how much of it is the house's; a
 * repeat of the same command is the same tip and the same page, also where Stripe's answer was lost.
 * @throws CodedError
 */
export async function openTip(deps: OpenTipDeps, tip: OpenTip): Promise<z.infer<typeof tipOpenedSchema>> {
  const { db, service } = deps
  const begun = await callFunction(
    db,
    'begin_tip',
    {
      p_session_id: tip.sessionId,
      p_command_id: tip.commandId,
      p_amount: tip.amount,
      p_currency: tip.currency,
      p_message: tip.message ?? null,
      p_is_anonymous: tip.isAnonymous,
      p_shows_amount: tip.showsAmount,
    },
    z.object({ tipId: z.uuid() }),
  )
  const toOpen = await callFunction(service, 'tip_to_open', { p_tip_id: begun.tipId }, tipToOpenSchema)
  const checkout = await openCheckout(deps, toOpen).catch(async (thrown) => {
    // We were not told how the account stands now: the next one is not offered to tip.
    if (isRefusedDestination(thrown)) await refreshAccount(deps, toOpen.destination)
    return throwCoded(thrown)
  })
  if (!checkout.url) throw new CodedError('stale')
  const args = { p_tip_id: toOpen.tipId, p_checkout_id: checkout.id }
  await callFunction(service, 'tip_opened', args, z.unknown())
  return { tipId: toOpen.tipId, checkoutUrl: checkout.url }
}

async function openCheckout(deps: OpenTipDeps, tip: TipToOpen): Promise<Stripe.Checkout.Session> {
  const { stripe, livemode } = deps.access
  // The account is of the other mode: the operator has changed the key since.
  if (tip.livemode !== livemode) throw new CodedError('tips_off')
  if (tip.checkoutId) return stripe.checkout.sessions.retrieve(tip.checkoutId)
  const parameters = checkoutFor(tip, deps)
  return doOnce(tip.tipId, (options) => stripe.checkout.sessions.create(parameters, options))
}

/** A destination charge (docs.stripe.com/connect/destination-charges): the house takes its fee, and what goes wrong is its. */
function checkoutFor(tip: TipToOpen, { origin, titleFor }: OpenTipDeps): Stripe.Checkout.SessionCreateParams {
  const metadata = { tip_id: tip.tipId }
  return {
    mode: 'payment',
    ui_mode: 'hosted_page',
    client_reference_id: tip.tipId,
    metadata,
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: tip.currency,
          unit_amount: tip.amount,
          product_data: { name: titleFor(tip.djName) },
        },
      },
    ],
    payment_intent_data: {
      metadata,
      transfer_data: { destination: tip.destination },
      // Stripe takes no fee of nothing.
      ...(tip.feeAmount > 0 && { application_fee_amount: tip.feeAmount }),
    },
    // What was chosen is what is paid, in that currency.
    adaptive_pricing: { enabled: false },
    submit_type: 'pay',
    success_url: `${origin}/tips/${tip.tipId}`,
    cancel_url: `${origin}/tips/${tip.tipId}`,
  }
}
