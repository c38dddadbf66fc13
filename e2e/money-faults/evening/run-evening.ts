import { z } from 'zod'
import type { SeededPerson } from '#lib/testing/seed-people.ts'
import { createChance } from '../../faults/plan/chance.ts'
import { type Books, checkBooks, type Violation } from '../history/check-books.ts'
import { readBooks } from '../history/read-books.ts'
import { planEvening } from '../plan/plan-evening.ts'
import { askApp, persistently } from './ask-app.ts'
import { giveTip } from './give-tip.ts'
import { type Evening, openEvening, type World } from './open-evening.ts'

/** The givers of an evening and its DJ. */
export const peopleOfAnEvening = 6

export type Outcome = { struck: string[]; books: Books; violations: Violation[] }

/** One evening: tips are given at the same time and struck as its seed says, all heals, and the books are looked at. */
export async function runEvening(
  seed: number,
  world: World,
  people: readonly SeededPerson[],
): Promise<Outcome> {
  const sinceInMs = Date.now() - 1_000
  const evening = await openEvening(world, people)
  const { control } = world.parts.fake
  const chance = createChance(seed)
  const shuffle = <T>(list: readonly T[]) => chance.someOf(list, list.length)
  await control.hold()
  const plans = planEvening(seed)
  const given = await Promise.allSettled(
    plans.map((plan, index) => giveTip(evening, plan, evening.givers[index] as SeededPerson, shuffle)),
  )
  const unheardOf: string[] = []
  for (const [index, one] of given.entries()) {
    if (one.status === 'rejected') throw one.reason
    if (plans[index]?.strike === 'events_lost') unheardOf.push(one.value)
  }
  const missed = await heal(evening, sinceInMs, unheardOf)
  const books = await readBooks(evening, sinceInMs)
  return { struck: evening.struck, books, violations: [...missed, ...checkBooks(books)] }
}

const reconciledSchema = z.object({ lookedUp: z.number(), differences: z.array(z.string()) })

/**
 * What comes late comes: then only what nobody was told of is unknown. Minutes pass, and that is looked up: payments by the
 * worker's sweep, refunds and disputes by reconciling, which finds nothing any more the second time.
 * @param unheardOf the tips of which no event ever comes
 * @returns what an event that came did not do, what the sweep did not find, though it should, and what reconciling goes on finding
 */
async function heal(
  { parts, sql, sessionId }: Evening,
  sinceInMs: number,
  unheardOf: readonly string[],
): Promise<Violation[]> {
  await parts.fake.control.release()
  const isHeardOf = (what: string) => !unheardOf.some((tipId) => what.includes(tipId))
  const passedOver = async () => {
    const rows = await sql<{ id: string }[]>`
      select id from tips
      where session_id = ${sessionId} and status < 'paid' and id = any (${await paidAtStripe(parts)})`
    return rows.map(({ id }) => id)
  }
  const untold = (await passedOver()).filter(isHeardOf)
  await sql`
    update tips set begun_at = begun_at - interval '5 minutes', looked_up_at = looked_up_at - interval '5 minutes'
    where session_id = ${sessionId}`
  await persistently(() => askApp(`${parts.appUrl}/sweep`, z.unknown(), { body: {} }))
  const unknown = await passedOver()
  const reconcile = () =>
    persistently(() => askApp(`${parts.appUrl}/reconcile`, reconciledSchema, { body: { sinceInMs } }))
  const late = (await reconcile()).differences.filter(isHeardOf)
  const { differences } = await reconcile()
  return [
    ...untold.map((id): Violation => ({ kind: 'lost', what: `${id} was told of in vain` })),
    ...late.map((what): Violation => ({ kind: 'lost', what: `in spite of its events ${what}` })),
    ...unknown.map((id): Violation => ({ kind: 'lost', what: `${id} was passed over by the sweep` })),
    ...differences.map((what): Violation => ({ kind: 'unbalanced', what: `reconciling finds ${what}` })),
  ]
}

/** The tips that Stripe has taken money for. */
async function paidAtStripe({ fake }: Evening['parts']): Promise<string[]> {
  const completed = await fake.control.events('checkout.session.completed')
  return completed.flatMap(({ data }) => {
    const { metadata } = z.object({ metadata: z.object({ tip_id: z.uuid().optional() }) }).parse(data.object)
    return metadata.tip_id ?? []
  })
}
