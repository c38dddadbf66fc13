import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { pino } from 'pino'
import postgres from 'postgres'
import { inject } from 'vitest'
import { parseServerEnv } from '#lib/env/server.ts'
import type { PaymentsMode } from '#lib/protocol/public-config.ts'
import { startFakeRevenueCat } from '#lib/test-payments/revenuecat/start-fake-revenuecat.ts'
import { enterAs } from '#lib/testing/people.ts'
import { anonymousDb, type Db, serviceDb } from '../../db/clients.ts'
import { createRevenueCatAccess } from '../../revenuecat/revenuecat-access.ts'
import { createWorkerDatabase } from '../../worker/worker-database.ts'
import { loadMyCustomerId, loadMyPlan, lookUpMyPlan } from '../my-plan.ts'
import type { PlusDeps } from '../plus-deps.ts'
import { receiveRevenueCatEvent } from '../receive-revenuecat-event.ts'

const authorization = 'Bearer that only RevenueCat knows'
const log = pino({ level: 'silent' })

export type PlusPerson = { id: string; customerId: string; db: Db }

/** Our use cases on the real Supabase, and a fake of RevenueCat that sends us its notifications. */
export async function startPlusWorld() {
  const server = createServer(getRequestListener((request) => receive(request)))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const fake = await startFakeRevenueCat({ port: 0, webhook: { url, authorization, firstRetryInMs: 20 } })

  const stack = inject('supabase')
  const sql = postgres(stack.dbUrl, { max: 1, onnotice: () => {} })
  const env = parseServerEnv({
    SUPABASE_URL: stack.url,
    SUPABASE_PUBLISHABLE_KEY: stack.publishableKey,
    SUPABASE_SECRET_KEY: stack.secretKey,
    REVENUECAT_SECRET_KEY: 'sk_product',
    REVENUECAT_WEBHOOK_AUTHORIZATION: authorization,
    REVENUECAT_WEB_KEY: 'test_product',
    REVENUECAT_SANDBOX: 'true',
    REVENUECAT_API_URL: fake.url,
  })
  const access = createRevenueCatAccess(env)
  if (!access) throw new Error('Plus is off.')
  const service = serviceDb(env)
  const deps: PlusDeps = { access, service }
  const receive = (request: Request): Promise<Response> => receiveRevenueCatEvent(() => deps, log, request)

  const database = createWorkerDatabase(stack.dbUrl)
  const setMode = (plus: PaymentsMode): Promise<void> =>
    database.setUpPlans({ plus, trackMaxInMs: 90 * 60_000 })
  await setMode('test')

  /** Somebody with an account, who is no guest. */
  const signIn = async (name: string): Promise<PlusPerson> => {
    const email = `${crypto.randomUUID()}@example.test`
    const password = crypto.randomUUID()
    const { data, error } = await service.auth.admin.createUser({
      ...{ email, password, email_confirm: true },
      user_metadata: { display_name: name },
    })
    if (error || !data.user) throw error ?? new Error('Nobody was made.')
    const db = anonymousDb(env)
    const signedIn = await db.auth.signInWithPassword({ email, password })
    if (signedIn.error) throw signedIn.error
    return { id: data.user.id, customerId: await loadMyCustomerId(db), db }
  }
  const enter = async (name: string): Promise<Pick<PlusPerson, 'id' | 'db'>> => {
    const { id, db } = await enterAs(name)
    return { id, db: db as unknown as Db }
  }

  /** What is known here of these people's Plus has ended so long ago, and nobody asked since; nobody else's is due. */
  const endedAgo = async (intervals: { who: PlusPerson; interval: string }[]): Promise<void> => {
    await sql`update private.plus_customers set asked_at = now()`
    for (const { who, interval } of intervals) {
      await sql`
        update public.entitlements set expires_at = now() - ${interval}::interval, looked_up_at = now() - interval '1 day'
        where user_id = ${who.id}`
      await sql`
        update private.plus_customers set came_at = now() - interval '1 month', asked_at = null where user_id = ${who.id}`
    }
  }

  /** A notification as RevenueCat would send it. */
  const request = (body: unknown, headers: Record<string, string> = { authorization }): Request =>
    new Request(`${url}/api/webhooks/revenuecat`, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    })
  return {
    ...{ access, control: fake.control, database, deps, receive, request, setMode, signIn, enter, endedAgo },
    planOf: async ({ db }: PlusPerson) => (await loadMyPlan(db)).plan,
    lookUp: ({ db }: Pick<PlusPerson, 'db'>) => lookUpMyPlan({ ...deps, db }),
    stop: async () => {
      await setMode('off')
      await database.end()
      await fake.stop()
      server.close()
      await sql.end()
    },
  }
}
