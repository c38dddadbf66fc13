/** The fake of Stripe as a process that survives what is killed, and does what it is asked over IPC. */
import { z } from 'zod'
import { startFakeStripe } from '#lib/test-payments/start-fake-stripe.ts'

const environment = z
  .object({
    TEST_PAYMENTS_WEBHOOK_URL: z.url(),
    STRIPE_WEBHOOK_SECRET: z.string(),
    STRIPE_CONNECT_WEBHOOK_SECRET: z.string(),
  })
  .parse(process.env)
const { url, control } = await startFakeStripe({
  port: 0,
  webhook: {
    url: environment.TEST_PAYMENTS_WEBHOOK_URL,
    secret: environment.STRIPE_WEBHOOK_SECRET,
    connectSecret: environment.STRIPE_CONNECT_WEBHOOK_SECRET,
    firstRetryInMs: 50,
  },
})

/** What a test does at Stripe, and what Stripe does after three days: it sends an event no more. */
const controls = {
  ...control,
  giveUp: (eventIds: string[]): void => {
    for (const event of control.events()) if (eventIds.includes(event.id)) event.pending_webhooks = 0
  },
}
export type FakeControls = Omit<typeof controls, 'failNext'>

const askedSchema = z.object({
  id: z.number(),
  name: z.enum(Object.keys(controls) as (keyof FakeControls)[]),
  args: z.array(z.unknown()),
})
process.on('message', async (message) => {
  const { id, name, args } = askedSchema.parse(message)
  const act = controls[name] as (...args: unknown[]) => unknown
  try {
    process.send?.({ id, value: (await act(...args)) ?? null })
  } catch (error) {
    process.send?.({ id, error: String(error) })
  }
})
process.once('disconnect', () => process.exit(0))
process.send?.({ ready: { url } })
