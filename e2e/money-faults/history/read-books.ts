import type Stripe from 'stripe'
import type { Evening } from '../evening/open-evening.ts'
import type { Books, OwnTip, StripeDispute, StripeTip } from './check-books.ts'

/** Both sides of an evening's tips: Stripe's objects and dashboard, and the database, read past the app. */
export async function readBooks(evening: Evening, sinceInMs: number): Promise<Books> {
  const { sql, sessionId, dj } = evening
  const own = await readOwn(evening)
  const ids = new Set(own.map(({ tipId }) => tipId))
  const atStripe = (await readStripe(evening, sinceInMs)).filter(({ tipId }) => ids.has(tipId))
  const [unbalanced] = await sql<{ count: number }[]>`
    select count(*)::int as count from (
      select from private.ledger_entries e
      join private.ledger_transactions t on t.id = e.transaction_id
      join tips on tips.id = t.tip_id where tips.session_id = ${sessionId}
      group by e.transaction_id, e.currency having sum(e.amount) <> 0) wrong`
  const ledger = await sql<{ currency: string; amount: number }[]>`
    select e.currency, sum(e.amount)::int as amount
    from private.ledger_entries e
    join private.ledger_transactions t on t.id = e.transaction_id
    join tips on tips.id = t.tip_id
    where tips.dj_id = ${dj.userId} and e.account = 'dj' group by e.currency`
  return {
    own,
    stripe: atStripe,
    unbalancedTransactions: unbalanced?.count ?? 0,
    dj: {
      stripe: await readDashboard(evening),
      ledger: Object.fromEntries(ledger.map(({ currency, amount }) => [currency, amount])),
    },
  }
}

async function readOwn({ sql, sessionId }: Evening): Promise<OwnTip[]> {
  const rows = await sql<OwnTip[]>`
    select t.id as "tipId", t.status,
      (select count(*)::int from session_events e
        where e.session_id = t.session_id and e.kind = 'tip.received' and e.payload ->> 'tipId' = t.id::text) as told,
      (select count(*)::int from private.ledger_transactions l where l.tip_id = t.id and l.cause = 'paid')
        as "paidTransactions",
      (select coalesce(jsonb_object_agg(account, amount), '{}') from (
        select e.account, sum(e.amount) as amount
        from private.ledger_entries e join private.ledger_transactions l on l.id = e.transaction_id
        where l.tip_id = t.id group by e.account) a) as accounts
    from tips t where t.session_id = ${sessionId}`
  return [...rows]
}

const expand = ['refunds', 'transfer', 'application_fee', 'balance_transaction'].map(
  (name) => `data.payment_intent.latest_charge.${name}`,
)

async function readStripe({ stripe }: Evening, sinceInMs: number): Promise<StripeTip[]> {
  const created = { gte: Math.floor(sinceInMs / 1000) }
  const tips = new Map<string, StripeTip>()
  for await (const session of stripe.checkout.sessions.list({ created, expand, limit: 100 })) {
    const tipId = session.metadata?.tip_id
    if (!tipId) continue
    const isPaid = session.payment_status === 'paid'
    const known = tips.get(tipId)
    if (known && !isPaid) continue
    const tip = await stripeTip(stripe, tipId, session)
    tips.set(tipId, { ...tip, paidPages: (known?.paidPages ?? 0) + (isPaid ? 1 : 0) })
  }
  return [...tips.values()]
}

async function stripeTip(
  stripe: Stripe,
  tipId: string,
  session: Stripe.Checkout.Session,
): Promise<Omit<StripeTip, 'paidPages'>> {
  const charge = (session.payment_intent as Stripe.PaymentIntent | null)
    ?.latest_charge as Stripe.Charge | null
  const transfer = charge?.transfer as Stripe.Transfer | undefined
  const fee = charge?.application_fee as Stripe.ApplicationFee | null
  const balance = charge?.balance_transaction as Stripe.BalanceTransaction | null
  const { data: disputes } = charge?.disputed
    ? await stripe.disputes.list({ payment_intent: String(charge.payment_intent) })
    : { data: [] }
  return {
    tipId,
    amount: session.amount_total ?? 0,
    currency: session.currency ?? '',
    refunded: charge?.amount_refunded ?? 0,
    transferReversed: transfer?.amount_reversed ?? 0,
    fee: fee?.amount ?? 0,
    feeRefunded: fee?.amount_refunded ?? 0,
    stripeFee: balance?.fee ?? 0,
    disputes: disputes.flatMap(({ amount, status, balance_transactions: moved }) => {
      const outcome = outcomeOf(status)
      const fee = moved.reduce((sum, one) => sum + one.fee, 0)
      return outcome ? [{ amount, outcome, fee }] : []
    }),
  }
}

/** Who has the money of a dispute; null where the bank only asks about it. */
function outcomeOf(status: string): StripeDispute['outcome'] | null {
  if (status === 'won' || status === 'lost') return status
  return status.startsWith('warning_') ? null : 'open'
}

/** What the DJ sees that they have, on the page of Stripe. */
async function readDashboard({ stripe, accountId }: Evening): Promise<Record<string, number>> {
  const { url } = await stripe.accounts.createLoginLink(accountId)
  const page = await (await fetch(url)).text()
  const lines = page.matchAll(/<li>(-?\d+)(?:\.(\d\d))? ([A-Z]{3})<\/li>/g)
  return Object.fromEntries(
    [...lines].map(([, whole, cents = '', currency = '']) => [
      currency.toLowerCase(),
      Number(`${whole}${cents}`),
    ]),
  )
}
