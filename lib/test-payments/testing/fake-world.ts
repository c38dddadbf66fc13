import type { PaymentWorld } from './payment-contract.ts'
import { lineItem, startForTest, tipTo } from './start-for-test.ts'

/** The fake as the contract sees it: who pays there does it on Checkout's page. */
export async function startFakeWorld(): Promise<PaymentWorld> {
  const { control, stripe, createAccount } = await startForTest()
  const { id: destination } = await createAccount()
  control.completeOnboarding(destination)
  const currency = 'eur'
  return {
    stripe,
    destination,
    currency,
    pay: async ({ amount, fee }) => {
      const { id } = await stripe.checkout.sessions.create(
        tipTo(destination, {
          line_items: [lineItem(amount, currency)],
          payment_intent_data: { application_fee_amount: fee, transfer_data: { destination } },
        }),
      )
      const { payment_intent: intent } = await stripe.charges.retrieve(control.pay(id))
      return String(intent)
    },
    eventAbout: async (type, objectId) => {
      const event = control.events(type).find(({ data }) => data.object.id === objectId)
      if (!event) throw new Error(`There is no ${type} about ${objectId}.`)
      return event.id
    },
  }
}
