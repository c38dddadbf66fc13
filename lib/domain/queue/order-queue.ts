/**
 * The order of the queue is computed, never stored: pinned items first in the DJ's order, then round by round, so that
 * nobody has a second turn before the others have had one; inside a round by votes, then by the time of asking.
 * The SQL function `ordered_queue` computes the same; `order-queue.cases.json` tests both.
 */

export type WaitingItem = {
  id: string
  addedBy: string
  addedAtInMs: number
  votes: number
  /** The DJ's own place for it, lowest first; null leaves it to the votes. */
  pinnedOrder: number | null
}

/** Who has had which turn already. A round is one turn for everybody, as in start-time fair queueing. */
export type Turns = {
  /** The round of the item that plays, or played last; 0 at the beginning. */
  currentRound: number
  /** The last round in which a person's item was played, by user id. */
  lastRoundByPerson: Readonly<Record<string, number>>
}

export type OrderedItem = WaitingItem & { round: number }

const byVotesThenTime = (a: WaitingItem, b: WaitingItem): number =>
  b.votes - a.votes || a.addedAtInMs - b.addedAtInMs || (a.id < b.id ? -1 : 1)

const byPin = (a: WaitingItem, b: WaitingItem): number =>
  (a.pinnedOrder ?? Number.POSITIVE_INFINITY) - (b.pinnedOrder ?? Number.POSITIVE_INFINITY)

/** The waiting items in the order in which they will be played. */
export function orderQueue(items: readonly WaitingItem[], turns: Turns): OrderedItem[] {
  const turnsGiven = new Map<string, number>()
  const inRounds = [...items].sort(byVotesThenTime).map((item) => {
    if (item.pinnedOrder !== null) return { ...item, round: turns.currentRound }
    const lastRound = turns.lastRoundByPerson[item.addedBy] ?? 0
    const given = turnsGiven.get(item.addedBy) ?? 0
    turnsGiven.set(item.addedBy, given + 1)
    return { ...item, round: Math.max(turns.currentRound, lastRound + 1) + given }
  })
  const pinned = inRounds
    .filter((item) => item.pinnedOrder !== null)
    .sort((a, b) => byPin(a, b) || byVotesThenTime(a, b))
  const voted = inRounds.filter((item) => item.pinnedOrder === null)
  return [...pinned, ...voted.sort((a, b) => a.round - b.round || byVotesThenTime(a, b))]
}
