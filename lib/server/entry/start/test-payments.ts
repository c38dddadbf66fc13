import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { z } from 'zod'
import { type Part, type PartReport, startPart } from './part.ts'

const message = z.object({ ready: z.object({ url: z.string() }) })

export type TestPayments = {
  part: Part
  /** Resolves with the variables by which the app takes the stand-in for Stripe. */
  ready: Promise<Record<string, string>>
}

/**
 * Starts the stand-in for Stripe, `lib/test-payments/main.ts`, as a process of its own. No money moves.
 *
 * @param options.lan this machine's address on the network, where others may pay too; null: this machine alone
 * @param options.dataDir where accounts and payments are kept over a restart
 */
export function startTestPayments(
  options: { port: number; lan: string | null; appUrl: string; dataDir: string },
  report: PartReport,
): TestPayments {
  const { port, lan, appUrl, dataDir } = options
  const ready = Promise.withResolvers<Record<string, string>>()
  const secrets = { STRIPE_WEBHOOK_SECRET: makeSecret(), STRIPE_CONNECT_WEBHOOK_SECRET: makeSecret() }
  const part = startPart(
    {
      name: 'test payments',
      args: [path.join('lib', 'test-payments', 'main.ts')],
      env: {
        ...process.env,
        ...secrets,
        TEST_PAYMENTS_PORT: String(port),
        TEST_PAYMENTS_HOST: lan ? '0.0.0.0' : '127.0.0.1',
        TEST_PAYMENTS_PUBLIC_URL: `http://${lan ?? 'localhost'}:${port}`,
        TEST_PAYMENTS_STATE: path.join(dataDir, 'test-payments.json'),
        TEST_PAYMENTS_WEBHOOK_URL: `${appUrl}/api/webhooks/stripe`,
      },
      onMessage: (received) => {
        const { url } = message.parse(received).ready
        ready.resolve({ ...secrets, STRIPE_SECRET_KEY: 'sk_test_stand_in', STRIPE_API_URL: url })
      },
    },
    report,
  )
  part.failed.catch(ready.reject)
  ready.promise.catch(() => {})
  return { part, ready: ready.promise }
}

const makeSecret = (): string => `whsec_${randomBytes(24).toString('hex')}`
