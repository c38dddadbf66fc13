import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findFreePort } from '../../../supabase/local/ports.ts'
import { type Child, endChild, startChild } from './child.ts'
import { type FakeStripe, startFakeStripe } from './fake-stripe.ts'
import { type Gate, openGate } from './gate.ts'
import { type Supabase, startSupabase } from './supabase.ts'

/** Everything that a tip goes through, each in a process of its own. */
export type Parts = {
  supabase: Supabase
  fake: FakeStripe
  appUrl: string
  /** The app's ways to Stripe and to Supabase. */
  gates: { stripe: Gate; supabase: Gate }
  /** Kills the app and starts it again. */
  killApp: () => Promise<void>
  dataDir: string
  /** By which the app knows Supabase and Stripe, past the gates. */
  env: Record<string, string>
  /** What was printed last. */
  output: () => string
  stop: () => Promise<void>
}

const secrets = { STRIPE_WEBHOOK_SECRET: 'whsec_platform', STRIPE_CONNECT_WEBHOOK_SECRET: 'whsec_connect' }
const stripeKey = 'sk_test_faults'

export async function startParts(): Promise<Parts> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'whatssound-money-'))
  const lines: string[] = []
  const ends: (() => Promise<unknown>)[] = [() => rm(dataDir, { recursive: true, force: true })]
  /** The last one started is the first to go. */
  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end()
  }
  try {
    const appUrl = `http://127.0.0.1:${await findFreePort()}`
    const supabase = await startSupabase(dataDir, lines)
    ends.push(supabase.stop)
    const webhook = { TEST_PAYMENTS_WEBHOOK_URL: `${appUrl}/webhook` }
    const fake = await startFakeStripe({ ...process.env, ...secrets, ...webhook }, lines)
    ends.push(fake.stop)
    const gates = { stripe: await openGate(fake.url), supabase: await openGate(supabase.url) }
    ends.push(gates.stripe.close, gates.supabase.close)
    const env = {
      ...secrets,
      SUPABASE_URL: supabase.url,
      SUPABASE_PUBLISHABLE_KEY: supabase.publishableKey,
      SUPABASE_SECRET_KEY: supabase.secretKey,
      STRIPE_SECRET_KEY: stripeKey,
      STRIPE_API_URL: fake.url,
    }
    const behindGates = {
      ...{ ...process.env, ...env, LOG_LEVEL: 'warn', PORT: new URL(appUrl).port },
      ...{ SUPABASE_URL: gates.supabase.url, STRIPE_API_URL: gates.stripe.url },
    }
    const startApp = (): Promise<Child<object>> =>
      startChild(path.join(import.meta.dirname, 'app-process.ts'), behindGates, lines)
    let app = await startApp()
    ends.push(() => endChild(app.process, 'SIGTERM'))
    return {
      ...{ supabase, fake, appUrl, gates, dataDir, env },
      killApp: async () => {
        await endChild(app.process, 'SIGKILL')
        app = await startApp()
      },
      output: () => lines.join('\n'),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
