import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { z } from 'zod'
import { type Part, type PartReport, startPart } from './part.ts'
import type { TestPaymentsPorts } from './settings.ts'

const message = z.object({
  ready: z.object({ stripeUrl: z.string(), revenuecatUrl: z.string() }),
})

export type TestPayments = {
  part: Part
  /** Resolves with the variables by which the app takes the stand-ins for Stripe and RevenueCat. */
  ready: Promise<Record<string, string>>
}

/**
 * Starts the stand-ins for Stripe and RevenueCat, `lib/test-payments/main.ts`, as a process of their own. No money moves.
 *
 * @param options.lan this machine's address on the network, where others may pay too; null: this machine alone
 * @param options.dataDir where accounts and payments are kept over a restart
 */
export function startTestPayments(
  options: { ports: TestPaymentsPorts; lan: string | null; appUrl: string; dataDir: string },
  report: PartReport,
): TestPayments {
  const { ports, lan, appUrl, dataDir } = options
  const ready = Promise.withResolvers<Record<string, string>>()
  const secrets = {
    STRIPE_WEBHOOK_SECRET: makeSecret(),
    STRIPE_CONNECT_WEBHOOK_SECRET: makeSecret(),
    REVENUECAT_WEBHOOK_AUTHORIZATION: `Bearer ${makeSecret()}`,
  }
  const publicUrl = (port: number) => `http://${lan ?? 'localhost'}:${port}`
  const part = startPart(
    {
      name: 'test payments',
      args: [path.join('lib', 'test-payments', 'main.ts')],
      env: {
        ...process.env,
        ...secrets,
        TEST_PAYMENTS_PORT: String(ports.stripe),
        TEST_SUBSCRIPTIONS_PORT: String(ports.revenuecat),
        TEST_PAYMENTS_HOST: lan ? '0.0.0.0' : '127.0.0.1',
        TEST_PAYMENTS_PUBLIC_URL: publicUrl(ports.stripe),
        TEST_SUBSCRIPTIONS_PUBLIC_URL: publicUrl(ports.revenuecat),
        TEST_PAYMENTS_STATE: path.join(dataDir, 'test-payments.json'),
        TEST_SUBSCRIPTIONS_STATE: path.join(dataDir, 'test-subscriptions.json'),
        TEST_PAYMENTS_WEBHOOK_URL: `${appUrl}/api/webhooks/stripe`,
        TEST_SUBSCRIPTIONS_WEBHOOK_URL: `${appUrl}/api/webhooks/revenuecat`,
      },
      onMessage: (received) => {
        const { stripeUrl, revenuecatUrl } = message.parse(received).ready
        ready.resolve({
          ...secrets,
          STRIPE_SECRET_KEY: 'sk_test_stand_in',
          STRIPE_API_URL: stripeUrl,
          REVENUECAT_SECRET_KEY: 'sk_stand_in',
          REVENUECAT_API_URL: revenuecatUrl,
          REVENUECAT_PUBLIC_URL: publicUrl(ports.revenuecat),
          REVENUECAT_WEB_KEY: 'test_stand_in',
          REVENUECAT_SANDBOX: 'true',
        })
      },
    },
    report,
  )
  part.failed.catch(ready.reject)
  ready.promise.catch(() => {})
  return { part, ready: ready.promise }
}

const makeSecret = (): string => `whsec_${randomBytes(24).toString('hex')}`
