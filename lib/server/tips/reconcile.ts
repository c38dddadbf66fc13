import { z } from 'zod'
import { callFunction, toCodedError } from '../db/call-function.ts'
import { eventSubject, type TipSubject, tipEventTypes } from '../stripe/event-subject.ts'
import { checkoutOf, lookUpTip, sumOf, type TipFacts } from '../stripe/look-up-tip.ts'
import { applyTip } from './apply-tip.ts'
import type { TipDeps } from './tip-deps.ts'

const summarySchema = z.object({
  /** Tips whose entries in the books are not what the tip says. */
  mismatches: z.array(z.uuid()),
  discrepancies: z.array(z.object({ tipId: z.uuid(), fields: z.array(z.string()), lastAt: z.number() })),
})

/** How many rows PostgREST gives at once. */
const pageSize = 1000

/**
 * Looks up every tip that began since then, by Stripe's list and by ours, and every one of which Stripe tells something since
 * then, and holds what is found against the tips and the books. What had been missed is put right, and is a difference all
 * the same: an event was lost. One that cannot be looked up is a difference too, and keeps no other waiting.
 * @returns how many were looked up, and a line for each difference
 * @throws CodedError and StripeError where not even the lists can be had
 */
export async function reconcile(
  deps: TipDeps,
  sinceInMs: number,
): Promise<{ lookedUp: number; differences: string[] }> {
  const known = await knownHere(deps, sinceInMs)
  const checkouts = new Set([
    ...(await listedByStripe(deps, sinceInMs)),
    ...known,
    ...(await toldByStripe(deps, sinceInMs)),
  ])
  const differences: string[] = []
  let lookedUp = 0
  for (const checkoutId of checkouts) {
    try {
      const facts = await lookUpTip(deps.access, checkoutId)
      if (facts) lookedUp += 1
      if (facts) differences.push(...(await differencesOf(deps, facts)))
      // What else the account sells is told of too.
      else if (known.includes(checkoutId)) differences.push(`${checkoutId}: known here, and not at Stripe`)
    } catch (error) {
      differences.push(`${checkoutId}: could not be looked up: ${String(error)}`)
    }
  }
  return { lookedUp, differences: [...differences, ...(await inTheBooks(deps, sinceInMs))] }
}

async function differencesOf(deps: TipDeps, facts: TipFacts): Promise<string[]> {
  const applied = await applyTip(deps, facts)
  if (applied.outcome === 'applied') return [`${facts.tipId}: had been missed; it is now ${applied.status}`]
  return applied.outcome === 'unchanged' ? takenBackSince(deps, facts) : []
}

/**
 * What Stripe said once and says no more. What happened to a tip stays as it is here, and the difference is for people to look
 * at.
 */
async function takenBackSince({ service }: TipDeps, facts: TipFacts): Promise<string[]> {
  const { data: tip, error } = await service
    .from('tips')
    .select(
      'paid_at, refunded_amount, refund_failed_amount, fee_refunded_amount, transfer_reversed_amount, disputed_amount, dispute_won_amount, dispute_lost_amount, dispute_fee_amount, dispute_fee_returned_amount',
    )
    .eq('id', facts.tipId)
    .single()
  if (error) throw toCodedError(error)
  const refunded = (hasFailed: boolean) => sumOf(facts.refunds.filter((one) => one.hasFailed === hasFailed))
  const disputed = (outcome: string) => sumOf(facts.disputes.filter(({ status }) => status === outcome))
  const fees = facts.disputes.flatMap((dispute) => dispute.fees)
  const sides = [
    { of: 'paid', here: tip.paid_at !== null, atStripe: facts.paymentStatus === 'paid' },
    { of: 'refunded', here: tip.refunded_amount, atStripe: refunded(false) },
    { of: 'refund failed', here: tip.refund_failed_amount, atStripe: refunded(true) },
    { of: 'fee refunded', here: tip.fee_refunded_amount, atStripe: facts.feeRefundedAmount },
    { of: 'transfer reversed', here: tip.transfer_reversed_amount, atStripe: facts.transferReversedAmount },
    { of: 'disputed', here: tip.disputed_amount, atStripe: sumOf(facts.disputes) },
    { of: 'dispute won', here: tip.dispute_won_amount, atStripe: disputed('won') },
    { of: 'dispute lost', here: tip.dispute_lost_amount, atStripe: disputed('lost') },
    {
      of: 'dispute fee',
      here: tip.dispute_fee_amount,
      atStripe: sumOf(fees.filter(({ amount }) => amount > 0)),
    },
    {
      of: 'dispute fee returned',
      here: tip.dispute_fee_returned_amount,
      atStripe: -sumOf(fees.filter(({ amount }) => amount < 0)),
    },
  ]
  return sides
    .filter(({ here, atStripe }) => here !== atStripe)
    .map(({ of, here, atStripe }) => `${facts.tipId}: ${of}: ${here} here, ${atStripe} at Stripe`)
}

/** The pages that Stripe lists, of tips alone: the account may sell other things too. */
async function listedByStripe({ access }: TipDeps, sinceInMs: number): Promise<string[]> {
  const ids: string[] = []
  const created = { gte: Math.floor(sinceInMs / 1000) }
  for await (const { id, metadata } of access.stripe.checkout.sessions.list({ created, limit: 100 }))
    if (metadata?.tip_id) ids.push(id)
  return ids
}

/**
 * The pages of what happened, however long ago it began: disputes come weeks later. Stripe keeps events for thirty days
 * (docs.stripe.com/api/events).
 */
async function toldByStripe({ access }: TipDeps, sinceInMs: number): Promise<string[]> {
  const subjects = new Map<string, TipSubject>()
  const created = { gte: Math.floor(sinceInMs / 1000) }
  for await (const event of access.stripe.events.list({ created, types: [...tipEventTypes], limit: 100 })) {
    const subject = eventSubject(event)
    // A payment has many events.
    if (subject && subject.kind !== 'account') subjects.set(JSON.stringify(subject), subject)
  }
  const ids: string[] = []
  for (const subject of subjects.values()) {
    const id = await checkoutOf(access, subject)
    if (id) ids.push(id)
  }
  return ids
}

async function knownHere({ access, service }: TipDeps, sinceInMs: number): Promise<string[]> {
  const ids: string[] = []
  for (;;) {
    const { data, error } = await service
      .from('tips')
      .select('checkout_id')
      .eq('livemode', access.livemode)
      .gte('begun_at', new Date(sinceInMs).toISOString())
      .not('checkout_id', 'is', null)
      .order('id')
      .range(ids.length, ids.length + pageSize - 1)
    if (error) throw toCodedError(error)
    ids.push(...data.flatMap(({ checkout_id }) => checkout_id ?? []))
    if (data.length < pageSize) return ids
  }
}

/** What SQL itself finds: books that do not say what the tips say, and what was said that cannot be true. */
async function inTheBooks({ service }: TipDeps, sinceInMs: number): Promise<string[]> {
  const { mismatches, discrepancies } = await callFunction(service, 'ledger_summary', {}, summarySchema)
  return [
    ...mismatches.map((tipId) => `${tipId}: the ledger does not say what the tip says`),
    ...discrepancies
      .filter(({ lastAt }) => lastAt >= sinceInMs)
      .map(({ tipId, fields }) => `${tipId}: contradicted by Stripe in ${fields.join(', ')}`),
  ]
}
