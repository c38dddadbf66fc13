import { randomUUID } from 'node:crypto'
import type { JSONValue } from 'postgres'
import { type Actor, service, sql } from './people.ts'
import type { Room } from './rooms.ts'

/** What was found out about a tip at the payment provider (`…_tip_facts.sql`). */
export type TipFacts = { tipId: string } & Record<string, JSONValue>

/** Gives a DJ an account that takes payments; answers its id at the provider. */
export async function payable(dj: Actor, { livemode = false } = {}): Promise<string> {
  const p_account_id = `acct_${randomUUID()}`
  await service.call('remember_payment_account', { p_user_id: dj.id, p_account_id, p_livemode: livemode })
  await service.call('apply_payment_account', {
    p_account_id,
    p_livemode: livemode,
    p_facts: { chargesEnabled: true, payoutsEnabled: true, detailsSubmitted: true, lookedUpAt: Date.now() },
  })
  return p_account_id
}

/** Begins a tip of 10.00 eur, unless said otherwise; answers its id. */
export async function beginTip(
  party: Room,
  who: Actor,
  args: Record<string, unknown> = {},
  commandId: string = randomUUID(),
): Promise<string> {
  const begun = await party.command(
    who,
    'begin_tip',
    { p_amount: 1_000, p_currency: 'eur', ...args },
    commandId,
  )
  return (begun as unknown as { tipId: string }).tipId
}

/** What the provider says of a tip that was paid as it should be. */
export async function paidFacts(tipId: string): Promise<TipFacts> {
  const [tip] = await sql`
    select amount::int, currency, fee_amount::int, destination from tips where id = ${tipId}`
  return {
    tipId,
    checkoutId: `cs_${tipId}`,
    checkoutStatus: 'complete',
    paymentStatus: 'paid',
    paymentIntentId: `pi_${tipId}`,
    chargeId: `ch_${tipId}`,
    amount: tip?.amount,
    currency: tip?.currency,
    feeAmount: tip?.fee_amount,
    destination: tip?.destination,
    refunds: [],
    feeRefundedAmount: 0,
    transferReversedAmount: 0,
    stripeFeeAmount: null,
    disputes: [],
    failed: false,
    lookedUpAt: Date.now(),
  }
}

export const applyFacts = (
  facts: TipFacts,
  { eventId = null, livemode = false }: { eventId?: string | null; livemode?: boolean } = {},
) =>
  service.call('apply_tip_facts', {
    p_livemode: livemode,
    p_facts: facts,
    p_event_id: eventId,
    p_event_type: eventId === null ? null : 'checkout.session.completed',
  })

/** Refunds that come to this, in parts of 1.00: of two sums the larger is a later look at the same refunds. */
export const refundsOf = (amount: number) => {
  const parts = Array.from({ length: Math.floor(amount / 100) }, (_, n) => [`re_${n}`, 100] as const)
  const rest = amount % 100
  const all = rest === 0 ? parts : [...parts, ['re_rest', rest] as const]
  return all.map(([id, part]) => ({ id, amount: part, hasFailed: false }))
}

/** A dispute as the provider tells of it; without a fee unless said otherwise. */
export const dispute = (
  status: 'open' | 'won' | 'lost',
  amount = 1_000,
  id = 'du_1',
  fees: number[] = [],
) => ({
  ...{ id, amount, status },
  currency: 'eur',
  fees: fees.map((fee) => ({ amount: fee, currency: 'eur' })),
})

/** What the provider says of money that was given back out of the DJ's share, with the fee for it. */
export const givenBack = (amount: number) => ({
  refunds: refundsOf(amount),
  feeRefundedAmount: amount / 10,
  transferReversedAmount: amount,
})

/** Begins a tip and pays it. */
export async function paidTip(
  party: Room,
  who: Actor,
  args: Record<string, unknown> = {},
  facts: Record<string, JSONValue> = {},
): Promise<string> {
  const tipId = await beginTip(party, who, args)
  await applyFacts({ ...(await paidFacts(tipId)), ...facts })
  return tipId
}

/** What the books hold of a tip: each account with money in it, by currency. */
export async function balances(tipId: string): Promise<Record<string, number>> {
  const rows = await sql<{ name: string; amount: number }[]>`
    select e.account || ' ' || e.currency as name, sum(e.amount)::int as amount
    from private.ledger_entries e join private.ledger_transactions t on t.id = e.transaction_id
    where t.tip_id = ${tipId} group by e.account, e.currency having sum(e.amount) <> 0 order by 1`
  return Object.fromEntries(rows.map(({ name, amount }) => [name, amount]))
}

/** The causes for which the books have a transaction of a tip, in order. */
export async function causes(tipId: string): Promise<string[]> {
  const rows = await sql<{ cause: string }[]>`
    select cause from private.ledger_transactions where tip_id = ${tipId} order by id`
  return rows.map(({ cause }) => cause)
}

/** The payloads with which a session heard of its tips, from its log. */
export async function heardTips(sessionId: string): Promise<Record<string, unknown>[]> {
  const rows = await sql`
    select payload, actor, command_id from session_events
    where session_id = ${sessionId} and kind = 'tip.received' order by seq`
  for (const { actor, command_id } of rows)
    if (actor || command_id) throw new Error('a tip in the log leads to its person')
  return rows.map(({ payload }) => payload)
}
