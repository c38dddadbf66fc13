import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Stripe from 'stripe'
import { onTestFinished } from 'vitest'
import { startFakeStripe } from '../start-fake-stripe.ts'

const secret = 'whsec_platform'
const connectSecret = 'whsec_connect'

/** A receiver of webhooks that takes what the SDK finds rightly signed. */
async function startReceiver() {
  const received: Stripe.Event[] = []
  const raw: { body: string; signature: string }[] = []
  /** What the next deliveries are answered with, in place of 200. */
  const answers: number[] = []
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString()
    const signature = String(request.headers['stripe-signature'])
    raw.push({ body, signature })
    let status = answers.shift() ?? 200
    try {
      const signedBy = JSON.parse(body).account ? connectSecret : secret
      const event = Stripe.webhooks.constructEvent(body, signature, signedBy)
      if (status === 200) received.push(event)
    } catch {
      status = 400
    }
    response.writeHead(status).end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received, raw, answers }
}

/** The fake with a receiver for its webhooks, and the SDK pointed at it; ends with the test. */
export async function startForTest({ stateFile }: { stateFile?: string } = {}) {
  const receiver = await startReceiver()
  const webhook = { url: receiver.url, secret, connectSecret, firstRetryInMs: 5 }
  const fake = await startFakeStripe({ port: 0, ...(stateFile ? { stateFile } : {}), webhook })
  onTestFinished(fake.stop)
  const { port, control } = fake
  const stripe = new Stripe('sk_test_123', {
    host: '127.0.0.1',
    port,
    protocol: 'http',
    maxNetworkRetries: 0,
  })

  const createAccount = () =>
    stripe.accounts.create({
      type: 'express',
      country: 'ES',
      capabilities: { transfers: { requested: true } },
    })
  /** A tip of 5 euros to a DJ whose account takes money, 50 cents of it for the house. */
  const tip = async (changes: Partial<Stripe.Checkout.SessionCreateParams> = {}) => {
    const account = await createAccount()
    control.completeOnboarding(account.id)
    return tipTo(account.id, changes)
  }
  return { fake, control, stripe, receiver, createAccount, tip }
}

export const lineItem = (unitAmount: number, currency: string) => ({
  price_data: { currency, unit_amount: unitAmount, product_data: { name: 'Tip for Ana' } },
  quantity: 1,
})

/** What the app asks Checkout for. */
export function tipTo(
  destination: string,
  changes: Partial<Stripe.Checkout.SessionCreateParams> = {},
): Stripe.Checkout.SessionCreateParams {
  return {
    mode: 'payment',
    line_items: [lineItem(500, 'eur')],
    success_url: 'http://app.test/paid?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://app.test/back',
    client_reference_id: 'tip-1',
    metadata: { tip_id: 'tip-1' },
    payment_intent_data: {
      application_fee_amount: 50,
      metadata: { tip_id: 'tip-1' },
      transfer_data: { destination },
    },
    ...changes,
  }
}

/** Presses a button of a hosted page. */
export function press(url: string | null, field: string, value: string): Promise<Response> {
  return fetch(url ?? '', {
    method: 'POST',
    body: new URLSearchParams({ [field]: value }),
    redirect: 'manual',
  })
}
