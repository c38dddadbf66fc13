import { z } from 'zod'
import { startFakeRevenueCat } from './revenuecat/start-fake-revenuecat.ts'
import { startFakeStripe } from './start-fake-stripe.ts'

/**
 * The fakes of Stripe and RevenueCat as a process: `node lib/test-payments/main.ts`. Tells a parent their addresses over
 * IPC, or prints them.
 * Ends on SIGINT, SIGTERM or the end of the parent.
 */
const environment = z
  .object({
    TEST_PAYMENTS_PORT: z.coerce.number().int().default(54323),
    TEST_SUBSCRIPTIONS_PORT: z.coerce.number().int().default(54324),
    /** The network interface: 0.0.0.0 lets phones on the same network open the hosted pages. */
    TEST_PAYMENTS_HOST: z.string().default('127.0.0.1'),
    /** Keeps accounts and payments over a restart. */
    TEST_PAYMENTS_STATE: z.string().default('.data/test-payments.json'),
    TEST_SUBSCRIPTIONS_STATE: z.string().default('.data/test-subscriptions.json'),
    /** Where browsers reach the hosted pages, and RevenueCat's API. */
    TEST_PAYMENTS_PUBLIC_URL: z.url().optional(),
    TEST_SUBSCRIPTIONS_PUBLIC_URL: z.url().optional(),
    /** Where the app takes webhooks, and by which secrets it knows them. */
    TEST_PAYMENTS_WEBHOOK_URL: z.url(),
    STRIPE_WEBHOOK_SECRET: z.string().min(1),
    STRIPE_CONNECT_WEBHOOK_SECRET: z.string().min(1),
    TEST_SUBSCRIPTIONS_WEBHOOK_URL: z.url(),
    REVENUECAT_WEBHOOK_AUTHORIZATION: z.string().min(1),
  })
  .parse(process.env)

const stripe = await startFakeStripe({
  port: environment.TEST_PAYMENTS_PORT,
  host: environment.TEST_PAYMENTS_HOST,
  stateFile: environment.TEST_PAYMENTS_STATE,
  publicUrl: environment.TEST_PAYMENTS_PUBLIC_URL,
  webhook: {
    url: environment.TEST_PAYMENTS_WEBHOOK_URL,
    secret: environment.STRIPE_WEBHOOK_SECRET,
    connectSecret: environment.STRIPE_CONNECT_WEBHOOK_SECRET,
  },
})

const revenuecat = await startFakeRevenueCat({
  port: environment.TEST_SUBSCRIPTIONS_PORT,
  host: environment.TEST_PAYMENTS_HOST,
  stateFile: environment.TEST_SUBSCRIPTIONS_STATE,
  publicUrl: environment.TEST_SUBSCRIPTIONS_PUBLIC_URL,
  webhook: {
    url: environment.TEST_SUBSCRIPTIONS_WEBHOOK_URL,
    authorization: environment.REVENUECAT_WEBHOOK_AUTHORIZATION,
  },
})

for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const)
  process.once(signal, async () => {
    await Promise.all([stripe.stop(), revenuecat.stop()])
    process.exit(0)
  })

if (process.send) process.send({ ready: { stripeUrl: stripe.url, revenuecatUrl: revenuecat.url } })
else console.log(`Test payments: no money moves. ${stripe.url} ${revenuecat.url}`)
