import type { FakeEvent } from '#lib/test-payments/state/state.ts'
import type { StrikeKind } from '../plan/plan-evening.ts'
import { persistently, Unanswered } from './ask-app.ts'
import type { Evening } from './open-evening.ts'

type FakeObject = FakeEvent['data']['object']
type News = {
  /** Lets the events that were not sent yet come, in the way that was planned. */
  come: () => Promise<void>
  /** Sends the event of this type once. @throws Unanswered where it is not taken */
  deliverOnce: (type: FakeEvent['type']) => Promise<void>
}

const times = 3

/** The events about one tip, which wait at Stripe until they are let come. */
export function createNews(
  { parts, struck }: Evening,
  options: {
    strike: StrikeKind | null
    checkoutId: string
    shuffle: <T>(list: readonly T[]) => T[]
  },
): News {
  const { strike, checkoutId, shuffle } = options
  const { control } = parts.fake
  const sent = new Set<string>()

  const deliverOnce = async (eventId: string): Promise<void> => {
    const status = await control.deliver(eventId)
    if (status !== 200) throw new Unanswered(`answered by ${status}`)
  }
  const deliver = (eventId: string) => persistently(() => deliverOnce(eventId))
  const about = async (): Promise<FakeEvent[]> => {
    const events = await control.events()
    const objects = events.map(({ data: { object } }) => object)
    const intents = objects.flatMap((object) => (object.id === checkoutId ? (intentOf(object) ?? []) : []))
    const isOfPayment = (object: FakeObject) => intents.includes(intentOf(object) ?? object.id)
    const charges = objects.filter(isOfPayment).flatMap((object) => chargeOf(object) ?? [])
    return events.filter(
      ({ data: { object } }) =>
        object.id === checkoutId || isOfPayment(object) || charges.includes(chargeOf(object) ?? ''),
    )
  }

  return {
    deliverOnce: async (type) => {
      const event = (await about()).find((one) => one.type === type)
      if (!event) throw new Error(`There is no ${type}.`)
      await deliverOnce(event.id)
    },
    come: async () => {
      const ids = (await about()).map(({ id }) => id).filter((id) => !sent.has(id))
      if (ids.length === 0) return
      for (const id of ids) sent.add(id)
      switch (strike) {
        case 'events_late':
          break
        case 'events_lost':
          await control.giveUp(ids)
          break
        case 'events_doubled':
          for (const id of ids) {
            await Promise.allSettled(Array.from({ length: times }, () => control.deliver(id)))
            await deliver(id)
          }
          break
        case 'events_reordered':
          for (const id of shuffle(ids).reverse()) await deliver(id)
          break
        default:
          for (const id of ids) await deliver(id)
          return
      }
      if (strike) struck.push(strike)
    },
  }
}

/** The PaymentIntent that an object belongs to; null where it knows of none. */
function intentOf(object: FakeObject): string | null {
  return idOf('payment_intent' in object ? object.payment_intent : null)
}

/** The charge that an object belongs to; null where it knows of none. */
function chargeOf(object: FakeObject): string | null {
  switch (object.object) {
    case 'transfer':
      return idOf(object.source_transaction)
    case 'application_fee':
      return idOf(object.originating_transaction)
    case 'refund':
    case 'dispute':
      return idOf(object.charge)
    default:
      return null
  }
}

const idOf = (thing: string | { id: string } | null): string | null =>
  typeof thing === 'string' ? thing : (thing?.id ?? null)
