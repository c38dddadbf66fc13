import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import cases from '#lib/domain/queue/order-queue.cases.json' with { type: 'json' }
import { orderQueue, type Turns, type WaitingItem } from '#lib/domain/queue/order-queue.ts'
import { sql } from './people.ts'

/** Puts a queue into a session of its own inside a transaction that is rolled back, and asks SQL for its order. */
async function orderBySql(
  items: readonly WaitingItem[],
  turns: Turns,
): Promise<{ id: string; round: number }[]> {
  const rolledBack = new Error('rolled back')
  let order: { id: string; round: number }[] = []
  const people = [
    ...new Set([...items.map(({ addedBy }) => addedBy), ...Object.keys(turns.lastRoundByPerson)]),
  ]
  // Somebody must have had the current round.
  const earlier = randomUUID()
  const lastRounds = [...Object.entries(turns.lastRoundByPerson), [earlier, turns.currentRound] as const]
  await sql
    .begin(async (tx) => {
      const userIds = [...people, earlier]
      await tx`insert into auth.users ${tx(userIds.map((id) => ({ id })))}`
      const [session] = await tx`
        insert into dj_sessions (slug, dj_id, title) values ('queue-order', ${earlier}, 'Order') returning id`
      const trackIds = [...items, ...lastRounds].map(() => randomUUID())
      await tx`insert into tracks ${tx(trackIds.map((id) => ({ id, owner_id: earlier, title: 'Song' })))}`
      const played = lastRounds
        .filter(([, round]) => round > 0)
        .map(([addedBy, round], index) => ({
          session_id: session?.id,
          track_id: trackIds[index],
          added_by: addedBy,
          status: 'played',
          round,
        }))
      if (played.length) await tx`insert into queue_items ${tx(played)}`
      const waiting = items.map((item, index) => ({
        id: item.id,
        session_id: session?.id,
        track_id: trackIds[lastRounds.length + index],
        added_by: item.addedBy,
        added_at: new Date(item.addedAtInMs),
        votes: item.votes,
        pinned_order: item.pinnedOrder,
      }))
      if (waiting.length) await tx`insert into queue_items ${tx(waiting)}`
      order = await tx`
        select item_id as id, round from private.ordered_queue(${session?.id}) order by place`
      throw rolledBack
    })
    .catch((error) => {
      if (error !== rolledBack) throw error
    })
  return order
}

const sameOrder = (items: readonly WaitingItem[], turns: Turns) =>
  orderQueue(items, turns).map(({ id, round }) => ({ id, round }))

/** The shared cases use short names; SQL wants UUIDs that sort alike. */
const uuidOf = (name: string) =>
  `00000000-0000-4000-8000-${Buffer.from(name).toString('hex').padEnd(12, '0')}`

describe('ordered_queue', () => {
  it.each(cases)('$name', async ({ items, turns, order }) => {
    const sqlItems = items.map((item) => ({ ...item, id: uuidOf(item.id), addedBy: uuidOf(item.addedBy) }))
    const lastRoundByPerson = Object.fromEntries(
      Object.entries(turns.lastRoundByPerson).map(([name, round]) => [uuidOf(name), round]),
    )
    const ordered = await orderBySql(sqlItems, { currentRound: turns.currentRound, lastRoundByPerson })
    expect(ordered.map(({ id }) => id)).toEqual(order.map(uuidOf))
  })

  it('is the same as the order that clients compute, on any queue', async () => {
    const people = Array.from({ length: 5 }, () => randomUUID())
    const item = fc.record({
      id: fc.uuid(),
      addedBy: fc.constantFrom(...people),
      addedAtInMs: fc.integer({ min: 1_700_000_000_000, max: 1_700_000_000_020 }),
      votes: fc.integer({ min: 0, max: 4 }),
      pinnedOrder: fc.option(fc.integer({ min: 1, max: 5 }), { freq: 4 }),
    })
    const turnsOf = fc.integer({ min: 0, max: 6 }).chain((currentRound) =>
      fc.record({
        currentRound: fc.constant(currentRound),
        lastRoundByPerson: fc.dictionary(
          fc.constantFrom(...people),
          fc.integer({ min: Math.min(1, currentRound), max: currentRound }),
        ),
      }),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(item, { maxLength: 25, selector: ({ id }) => id }),
        turnsOf,
        async (items, turns) => {
          expect(await orderBySql(items, turns)).toEqual(sameOrder(items, turns))
        },
      ),
      { numRuns: 100 },
    )
  })
})
