import { z } from 'zod'
import { port, readEnvironment } from '../read-environment.ts'

/** What `npm start` itself reads from the environment; the parts read the rest. */
const environment = z.object({
  PORT: port.default(3000),
  HOST: z.string().optional(),
  /** Set: use that Supabase. Absent: start the embedded one. */
  SUPABASE_URL: z.url().optional(),
  WHATSSOUND_DATA: z.string().default('.data'),
  VAPID_PUBLIC_KEY: z.string().optional(),
  /** `test`: stand-ins for Stripe and RevenueCat run beside the app. */
  PAYMENTS: z.enum(['test']).optional(),
  TEST_PAYMENTS_PORT: port.default(54323),
  TEST_SUBSCRIPTIONS_PORT: port.default(54324),
  STRIPE_SECRET_KEY: z.string().optional(),
  REVENUECAT_SECRET_KEY: z.string().optional(),
})

/** Where the stand-ins for Stripe and RevenueCat listen. */
export type TestPaymentsPorts = { stripe: number; revenuecat: number }

export type Settings = {
  port: number
  host: string | undefined
  supabaseUrl: string | undefined
  /** The embedded Supabase's folder. */
  dataDir: string
  /** Whether the environment brings a key pair for Web Push. */
  hasVapidKeys: boolean
  /** Null: nothing stands in for anybody. */
  testPayments: TestPaymentsPorts | null
  dev: boolean
}

/** @throws an Error for people when a variable makes no sense */
export function readSettings(env: NodeJS.ProcessEnv, args: string[]): Settings {
  const given = readEnvironment(environment, env)
  for (const name of ['STRIPE_SECRET_KEY', 'REVENUECAT_SECRET_KEY'] as const)
    if (given.PAYMENTS && given[name])
      throw new Error(`PAYMENTS=test stands in for Stripe and RevenueCat: it does not go with ${name}.`)
  return {
    port: given.PORT,
    host: given.HOST,
    supabaseUrl: given.SUPABASE_URL,
    dataDir: given.WHATSSOUND_DATA,
    hasVapidKeys: given.VAPID_PUBLIC_KEY !== undefined,
    testPayments: given.PAYMENTS
      ? { stripe: given.TEST_PAYMENTS_PORT, revenuecat: given.TEST_SUBSCRIPTIONS_PORT }
      : null,
    dev: args.includes('--dev'),
  }
}
