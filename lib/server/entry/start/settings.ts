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
  /** `test`: a stand-in for Stripe runs beside the app. */
  PAYMENTS: z.enum(['test']).optional(),
  TEST_PAYMENTS_PORT: port.default(54323),
  STRIPE_SECRET_KEY: z.string().optional(),
})

export type Settings = {
  port: number
  host: string | undefined
  supabaseUrl: string | undefined
  /** The embedded Supabase's folder. */
  dataDir: string
  /** Whether the environment brings a key pair for Web Push. */
  hasVapidKeys: boolean
  /** Where the stand-in for Stripe listens; null: there is none. */
  testPaymentsPort: number | null
  dev: boolean
}

/** @throws an Error for people when a variable makes no sense */
export function readSettings(env: NodeJS.ProcessEnv, args: string[]): Settings {
  const given = readEnvironment(environment, env)
  if (given.PAYMENTS && given.STRIPE_SECRET_KEY)
    throw new Error('PAYMENTS=test stands in for Stripe: it does not go with STRIPE_SECRET_KEY.')
  return {
    port: given.PORT,
    host: given.HOST,
    supabaseUrl: given.SUPABASE_URL,
    dataDir: given.WHATSSOUND_DATA,
    hasVapidKeys: given.VAPID_PUBLIC_KEY !== undefined,
    testPaymentsPort: given.PAYMENTS ? given.TEST_PAYMENTS_PORT : null,
    dev: args.includes('--dev'),
  }
}
