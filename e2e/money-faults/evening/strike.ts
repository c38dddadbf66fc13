import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import type { Gate, Held } from '../parts/gate.ts'
import type { OpenStrike, WebhookStrike } from '../plan/plan-evening.ts'
import type { Evening } from './open-evening.ts'

const strikesWithinInMs = 60_000
const lookEveryInMs = 10

/** Kills the app while it opens a tip's page: `ask` asks for it once, and fails. */
export async function strikeOpening(
  evening: Evening,
  kind: OpenStrike,
  tipId: string,
  ask: () => Promise<unknown>,
): Promise<void> {
  const { gates } = evening.parts
  const isNote = calls('tip_opened', tipId)
  const holds: Record<OpenStrike, () => Held> = {
    app_killed_while_stripe_answers: () =>
      gates.stripe.hold(
        'after',
        ({ method, path, body }) =>
          method === 'POST' && path === '/v1/checkout/sessions' && body.includes(tipId),
      ),
    app_killed_before_the_note: () => gates.supabase.hold('before', isNote),
    app_killed_after_the_note: () => gates.supabase.hold('after', isNote),
  }
  await killAppAt(evening, kind, holds[kind], ask)
}

/** Kills the app once Stripe has given a tip back, before anybody here knows. */
export async function strikeRefund(
  evening: Evening,
  paymentIntentId: string,
  ask: () => Promise<unknown>,
): Promise<void> {
  const isRefund: Parameters<Gate['hold']>[1] = ({ method, path, body }) =>
    method === 'POST' && path === '/v1/refunds' && body.includes(paymentIntentId)
  const hold = () => evening.parts.gates.stripe.hold('after', isRefund)
  await killAppAt(evening, 'app_killed_after_the_refund', hold, ask)
}

/** Kills the app or the database while an event about a tip is applied: `deliver` sends it once, and it is not taken. */
export async function strikeWebhook(
  evening: Evening,
  kind: WebhookStrike,
  tipId: string,
  deliver: () => Promise<unknown>,
): Promise<void> {
  const { supabase: gate } = evening.parts.gates
  const { supabase } = evening.parts
  const isApplying = calls('apply_tip_facts', tipId)
  switch (kind) {
    case 'app_killed_before_applying':
      return killAppAt(evening, kind, () => gate.hold('before', isApplying), deliver)
    case 'app_killed_after_applying':
      return killAppAt(evening, kind, () => gate.hold('after', isApplying), deliver)
    case 'backend_killed_before_the_tip':
      return killWhileItWaits(evening, kind, lockTip(tipId), supabase.killBackend, deliver)
    case 'backend_killed_before_the_books':
      return killWhileItWaits(evening, kind, takePlaceInBooks(tipId), supabase.killBackend, deliver)
    case 'postgres_killed_before_the_books':
      return killWhileItWaits(evening, kind, takePlaceInBooks(tipId), supabase.killPostgres, deliver)
    case 'postgres_killed_after_the_commit':
      return strikeAt(evening, kind, () => gate.hold('after', isApplying), supabase.killPostgres, deliver)
  }
}

const calls =
  (name: string, tipId: string): Parameters<Gate['hold']>[1] =>
  ({ path, body }) =>
    path.startsWith(`/rest/v1/rpc/${name}`) && body.includes(tipId)

const killAppAt = (evening: Evening, kind: string, hold: () => Held, act: () => Promise<unknown>) =>
  strikeAt(evening, kind, hold, evening.parts.killApp, act)

/** Does something until a request of it is held, and strikes then; what was done fails. */
function strikeAt(
  { alone, struck }: Evening,
  kind: string,
  hold: () => Held,
  strike: () => Promise<void>,
  act: () => Promise<unknown>,
): Promise<void> {
  return alone(async () => {
    const held = hold()
    const hasArrived = held.arrived.then(() => true)
    const deadline = performance.now() + strikesWithinInMs
    for (;;) {
      const acted = act().then(
        () => false,
        () => false,
      )
      if (await Promise.race([hasArrived, acted])) {
        await strike()
        held.letGo()
        await acted
        struck.push(kind)
        return
      }
      if (performance.now() > deadline) throw new Error(`${kind} had nothing to strike.`)
      await delay(lookEveryInMs)
    }
  })
}

/** What somebody else's transaction does so that the one that applies an event must wait for it, at a known point. */
type Blocking = (tx: postgres.ReservedSql) => Promise<unknown>

/** The event is written down already, the tip not read yet. */
const lockTip =
  (tipId: string): Blocking =>
  (tx) =>
    tx`select from tips where id = ${tipId} for update`

/** The tip is moved forward already, and its payment not in the books yet. */
const takePlaceInBooks =
  (tipId: string): Blocking =>
  (tx) =>
    tx`
      insert into private.ledger_transactions (tip_id, cause, cumulative)
      select id, 'paid', amount from tips where id = ${tipId}`

/** Holds a transaction up in its midst, and kills the database under it. */
function killWhileItWaits(
  { alone, parts, sql, struck }: Evening,
  kind: string,
  block: Blocking,
  kill: (pid: number) => Promise<void>,
  act: () => Promise<unknown>,
): Promise<void> {
  return alone(async () => {
    const other = postgres(parts.supabase.dbUrl, { max: 1, onnotice: () => {} })
    try {
      const tx = await other.reserve()
      await tx`begin`
      await block(tx)
      const [own] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`
      const acted = act().catch(() => {})
      await kill(await whoWaitsFor(sql, own?.pid ?? 0))
      await acted
      struck.push(kind)
    } finally {
      await other.end({ timeout: 0 })
    }
  })
}

/** The process that waits for another one's transaction. */
async function whoWaitsFor(sql: Evening['sql'], pid: number): Promise<number> {
  const deadline = performance.now() + strikesWithinInMs
  while (performance.now() < deadline) {
    const [waiting] = await sql<{ pid: number }[]>`
      select pid from pg_stat_activity where ${pid} = any (pg_blocking_pids(pid))`
    if (waiting) return waiting.pid
    await delay(lookEveryInMs)
  }
  throw new Error('Nobody waited for the lock.')
}
