import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { SupabaseClient } from '@supabase/supabase-js'
import { pino } from 'pino'
import postgres from 'postgres'
import type Stripe from 'stripe'
import { inject } from 'vitest'
import { parseServerEnv } from '#lib/env/server.ts'
import type { Envelope } from '#lib/protocol/envelope.ts'
import type { OpenTip } from '#lib/protocol/tips.ts'
import { startFakeStripe } from '#lib/test-payments/start-fake-stripe.ts'
import { enterAs, mustCall } from '#lib/testing/people.ts'
import { anonymousDb, type Db, serviceDb } from '../../db/clients.ts'
import { createStripeAccess } from '../../stripe/stripe-access.ts'
import { openTip } from '../open-tip.ts'
import { onboard } from '../payment-account.ts'
import { receiveStripeEvent } from '../receive-stripe-event.ts'
import type { TipDeps } from '../tip-deps.ts'

export const origin = 'http://app.test'
const secrets = { secret: 'whsec_platform', connectSecret: 'whsec_connect' }
const log = pino({ level: 'silent' })

type TipWish = Partial<Omit<OpenTip, 'sessionId'>>

/** Our use cases on the real Supabase, the real SDK and a fake of Stripe that sends us its events. */
export async function startTipWorld() {
  const server = createServer(getRequestListener((request) => receive(request)))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const fake = await startFakeStripe({ port: 0, webhook: { url, ...secrets, firstRetryInMs: 20 } })
  const { control } = fake

  const stack = inject('supabase')
  const sql = postgres(stack.dbUrl, { max: 1, onnotice: () => {} })
  const env = parseServerEnv({
    SUPABASE_URL: stack.url,
    SUPABASE_PUBLISHABLE_KEY: stack.publishableKey,
    SUPABASE_SECRET_KEY: stack.secretKey,
    STRIPE_SECRET_KEY: 'sk_test_product',
    STRIPE_WEBHOOK_SECRET: secrets.secret,
    STRIPE_CONNECT_WEBHOOK_SECRET: secrets.connectSecret,
    STRIPE_API_URL: fake.url,
  })
  const access = createStripeAccess(env)
  if (!access) throw new Error('Tips are off.')
  const { stripe } = access
  const told: Envelope[] = []
  const service = serviceDb(env)
  const deps: TipDeps = { access, service, tell: (envelope) => told.push(envelope) }
  const receive = (request: Request, changes: Partial<TipDeps> = {}): Promise<Response> =>
    receiveStripeEvent(() => ({ ...deps, ...changes }), log, request)

  /** Somebody with an account, who is no guest. */
  const signIn = async (name: string) => {
    const [email, password] = [`${crypto.randomUUID()}@example.test`, crypto.randomUUID()]
    const user_metadata = { display_name: name }
    const made = await service.auth.admin.createUser({ email, password, email_confirm: true, user_metadata })
    const db = anonymousDb(env)
    const { data, error } = await db.auth.signInWithPassword({ email, password })
    if (made.error || error) throw made.error ?? error
    return { id: data.user.id, db }
  }

  /** The session of a DJ whose account takes tips, and somebody in it. */
  const openRoom = async () => {
    const dj = await signIn('Diana')
    await onboard({ ...deps, origin }, { userId: dj.id, isGuest: false })
    const accountId = await accountOf(dj.id)
    control.completeOnboarding(accountId)
    await control.settled()
    const { id: sessionId } = await mustCall<{ id: string }>(
      dj.db as unknown as SupabaseClient,
      'create_session',
      { p_title: 'Noche' },
    )
    const luis = await enterAs('Luis')
    await mustCall(luis.db, 'join_session', { p_session_id: sessionId })
    const tipper = { id: luis.id, db: luis.db as unknown as Db }
    const open = ({ commandId = crypto.randomUUID(), ...wish }: TipWish = {}) =>
      openTip(
        { ...deps, db: tipper.db, origin, titleFor: (name) => `A tip for ${name}` },
        {
          ...{ amount: 1_000, currency: 'eur', isAnonymous: false, showsAmount: true },
          ...{ ...wish, commandId, sessionId },
        },
      )
    return { dj, accountId, sessionId, tipper, open }
  }

  const accountOf = async (userId: string): Promise<string> => {
    const { data } = await service
      .from('dj_payment_accounts')
      .select('account_id')
      .eq('user_id', userId)
      .single()
    if (!data) throw new Error('There is no account.')
    return data.account_id
  }
  const tip = async (tipId: string) => {
    const { data, error } = await service.from('tips').select().eq('id', tipId).single()
    if (error) throw error
    return data
  }
  /** Lets time pass for these tips, of whose look-ups nothing is known then; those of other worlds are not due. */
  const begunAgo = async (intervals: Record<string, string>): Promise<void> => {
    await sql`update public.tips set looked_up_at = now() where status < 'paid'`
    for (const [tipId, interval] of Object.entries(intervals))
      await sql`
        update public.tips set begun_at = now() - ${interval}::interval, looked_up_at = null where id = ${tipId}`
  }
  /** What the books hold of a tip, by account. */
  const ledgerOf = async (tipId: string): Promise<Record<string, number>> => {
    const rows = await sql<{ account: string; amount: number }[]>`
      select e.account, sum(e.amount)::int as amount
      from private.ledger_entries e join private.ledger_transactions t on t.id = e.transaction_id
      where t.tip_id = ${tipId} group by e.account`
    return Object.fromEntries(rows.map(({ account, amount }) => [account, amount]))
  }
  /** Stripe's pages for a tip. */
  const checkoutsOf = async (tipId: string): Promise<Stripe.Checkout.Session[]> => {
    const all = await stripe.checkout.sessions.list({ limit: 100 })
    return all.data.filter(({ metadata }) => metadata?.tip_id === tipId)
  }
  const checkoutOf = async (tipId: string): Promise<string> => {
    const [checkout] = await checkoutsOf(tipId)
    if (!checkout) throw new Error('There is no page.')
    return checkout.id
  }
  /** Pays a tip; the id of the charge. The news of it is taken before this resolves, unless it is held. */
  const pay = async (tipId: string): Promise<string> => {
    const chargeId = control.pay(await checkoutOf(tipId))
    await control.settled()
    return chargeId
  }
  /** An event as Stripe would send it. */
  const signed = (
    event: object,
    { secret = secrets.secret, ageInSeconds = 0 }: { secret?: string; ageInSeconds?: number } = {},
  ): Request => {
    const payload = JSON.stringify(event)
    const timestamp = Math.floor(Date.now() / 1000) - ageInSeconds
    const signature = stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp })
    const headers = { 'stripe-signature': signature }
    return new Request(`${origin}/api/webhooks/stripe`, { method: 'POST', body: payload, headers })
  }
  return {
    ...{ control, stripe, deps, told, secrets, receive, signIn, openRoom, accountOf },
    /** Where Stripe's stand-in is. */
    stripeUrl: fake.url,
    ...{ tip, begunAgo, ledgerOf, checkoutsOf, checkoutOf, pay, signed },
    /** What a room was told of a tip by this process. */
    toldOf: (tipId: string) =>
      told.flatMap(({ items }) =>
        items.filter(({ kind, payload }) => kind === 'tip.received' && payload.tipId === tipId),
      ),
    stop: async () => {
      await fake.stop()
      server.close()
      await sql.end()
    },
  }
}
