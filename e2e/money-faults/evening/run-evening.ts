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
  const given = await Promise.allSettled(
    planEvening(seed).map((plan, index) =>
      giveTip(evening, plan, evening.givers[index] as SeededPerson, shuffle),
    ),
  )
  for (const one of given) if (one.status === 'rejected') throw one.reason
  const missed = await heal(evening, sinceInMs)
  const books = await readBooks(evening, sinceInMs)
  return { struck: evening.struck, books, violations: [...missed, ...checkBooks(books)] }
}

const reconciledSchema = z.object({ lookedUp: z.number(), differences: z.array(z.string()) })

/**
 * What comes late comes, minutes pass, and what nobody heard of is looked up: payments by the worker's sweep, refunds and
 * disputes by reconciling, which finds nothing any more the second time.
 * @returns what the sweep did not find, though it should, and what reconciling goes on finding
 */
async function heal({ parts, sql, sessionId }: Evening, sinceInMs: number): Promise<Violation[]> {
  await parts.fake.control.release()
  await sql`
    update tips set begun_at = begun_at - interval '5 minutes', looked_up_at = looked_up_at - interval '5 minutes'
    where session_id = ${sessionId}`
  await persistently(() => askApp(`${parts.appUrl}/sweep`, z.unknown(), { body: {} }))
  const unknown = await sql<{ id: string }[]>`
    select id from tips
    where session_id = ${sessionId} and status < 'paid' and id = any (${await paidAtStripe(parts)})`
  const reconcile = () =>
    persistently(() => askApp(`${parts.appUrl}/reconcile`, reconciledSchema, { body: { sinceInMs } }))
  await reconcile()
  const { differences } = await reconcile()
  return [
    ...unknown.map(({ id }): Violation => ({ kind: 'lost', what: `${id} was passed over by the sweep` })),
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
