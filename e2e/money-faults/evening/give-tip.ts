import { z } from 'zod'
import { givenTipSchema, tipOpenedSchema, tipRefundedSchema } from '#lib/protocol/tips.ts'
import type { SeededPerson } from '#lib/testing/seed-people.ts'
import { isOpenStrike, isWebhookStrike, type TipPlan } from '../plan/plan-evening.ts'
import { askApp, persistently } from './ask-app.ts'
import { createNews } from './news.ts'
import type { Evening } from './open-evening.ts'
import { strikeOpening, strikeRefund, strikeWebhook } from './strike.ts'

/** One tip from the wish to whatever becomes of it, struck as planned; the id of the tip. */
export async function giveTip(
  evening: Evening,
  plan: TipPlan,
  giver: SeededPerson,
  shuffle: <T>(list: readonly T[]) => T[],
): Promise<string> {
  const { fake } = evening.parts
  const { strike, ending } = plan
  const tipId = crypto.randomUUID()
  const checkoutId = await open(evening, plan, giver, tipId)
  const news = createNews(evening, { strike, checkoutId, shuffle })
  const comeBack = () => lookAt(evening, giver, tipId)

  if (ending === 'left') {
    await comeBack()
    return tipId
  }
  if (ending === 'expired') {
    await fake.control.expireSession(checkoutId)
    await news.come()
    return tipId
  }
  if (ending === 'declined_then_paid') await fake.control.pay(checkoutId, 'declined')
  const chargeId = await fake.control.pay(checkoutId)
  if (plan.returns === 'before_events') await comeBack()
  if (isWebhookStrike(strike))
    await strikeWebhook(evening, strike, tipId, () => news.deliverOnce('checkout.session.completed'))
  await news.come()
  if (strike === 'events_before_the_return') evening.struck.push(strike)
  if (plan.returns === 'after_events') await comeBack()
  await befall(evening, plan, tipId, chargeId)
  await news.come()
  return tipId
}

/** Asks for the page until it is there; the id that Stripe gave it. */
async function open(
  evening: Evening,
  { amount, currency, isAnonymous, strike }: TipPlan,
  { accessToken }: SeededPerson,
  tipId: string,
): Promise<string> {
  const { parts, sessionId } = evening
  const body = { commandId: tipId, sessionId, amount, currency, isAnonymous, showsAmount: true }
  const ask = () => askApp(`${parts.appUrl}/open`, tipOpenedSchema, { accessToken, body })
  if (isOpenStrike(strike)) await strikeOpening(evening, strike, tipId, ask)
  const { checkoutUrl } = await persistently(ask)
  return new URL(checkoutUrl).pathname.split('/').at(-1) ?? ''
}

/** Comes back to the page that looks the tip up. */
function lookAt({ parts }: Evening, { accessToken }: SeededPerson, tipId: string): Promise<unknown> {
  return persistently(() => askApp(`${parts.appUrl}/given/${tipId}`, givenTipSchema, { accessToken }))
}

/** What happens to a tip that was paid: by its DJ, in the dashboard of Stripe, or by the giver's bank. */
async function befall(
  evening: Evening,
  { afterwards, amount, strike }: TipPlan,
  tipId: string,
  charge: string,
): Promise<void> {
  const { control } = evening.parts.fake
  const { stripe } = evening
  const byDjsShare = { reverse_transfer: true, refund_application_fee: true }
  const part = Math.floor(amount / 3)
  switch (afterwards) {
    case 'kept':
      return
    case 'refunded':
      // Of what is late or lost the DJ does not know yet.
      if (strike === 'events_late' || strike === 'events_lost')
        await stripe.refunds.create({ charge, ...byDjsShare })
      else await giveBack(evening, tipId, charge, strike === 'app_killed_after_the_refund')
      return
    case 'refunded_in_part':
      await stripe.refunds.create({ charge, amount: part, ...byDjsShare })
      return
    case 'refunded_in_part_by_the_house':
      await stripe.refunds.create({ charge, amount: part })
      return
    case 'refund_failed': {
      const { id } = await stripe.refunds.create({ charge, ...byDjsShare })
      await control.failRefund(id)
      return
    }
    case 'refunded_and_charged_back':
      await stripe.refunds.create({ charge, ...byDjsShare })
      await control.openDispute(charge)
      return
    case 'disputed':
      await control.openDispute(charge)
      return
    case 'disputed_in_part':
      await control.openDispute(charge, { amountInMinorUnits: part })
      return
    case 'disputed_again':
      await control.closeDispute(await control.openDispute(charge, { amountInMinorUnits: part }), 'won')
      await control.openDispute(charge)
      return
    case 'inquiry_escalated':
      await control.escalateInquiry(await control.openDispute(charge, { isInquiry: true }))
      return
    case 'dispute_won':
    case 'dispute_lost':
      await control.closeDispute(
        await control.openDispute(charge),
        afterwards === 'dispute_won' ? 'won' : 'lost',
        { returnsFee: true },
      )
  }
}

/** The DJ gives the whole of it back, asking until it is done. */
async function giveBack(evening: Evening, tipId: string, chargeId: string, isStruck: boolean): Promise<void> {
  const { parts, dj, stripe } = evening
  const body = { djId: dj.userId }
  const ask = () => askApp(`${parts.appUrl}/refund/${tipId}`, tipRefundedSchema, { body })
  if (isStruck) {
    const { payment_intent: intent } = await stripe.charges.retrieve(chargeId)
    await strikeRefund(evening, z.string().parse(intent), ask)
  }
  await persistently(ask)
}
