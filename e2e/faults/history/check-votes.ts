import type { Violation } from './check-history.ts'
import type { GivenCommand, History } from './history.ts'

/** One vote a person and item, the last one given; and the told counts are the votes that there are. */
export function checkVotes({ commands, server }: History): Violation[] {
  const violations: Violation[] = []
  const rows = server.votes.map(({ itemId, userId }) => `${itemId} ${userId}`)
  const there = new Set(rows)
  if (there.size !== rows.length)
    violations.push({ kind: 'doubled', what: 'somebody has two votes for one item' })

  for (const [key, given] of votesByPersonAndItem(commands)) {
    const possible = possibleEnds(given)
    const isThere = there.has(key)
    if (!possible.has(isThere)) {
      violations.push({ kind: 'lost', what: `the vote ${key} is ${isThere ? 'still there' : 'not there'}` })
    }
  }

  const counts = new Map<string, number>()
  for (const { itemId } of server.votes) counts.set(itemId, (counts.get(itemId) ?? 0) + 1)
  for (const [itemId, told] of Object.entries(server.tallies)) {
    const count = counts.get(itemId) ?? 0
    if (told !== count) {
      const kind = told > count ? 'doubled' : 'lost'
      violations.push({ kind, what: `item ${itemId} has ${count} votes and is told to have ${told}` })
    }
  }
  return violations
}

function votesByPersonAndItem(commands: readonly GivenCommand[]): Map<string, GivenCommand[]> {
  const groups = new Map<string, GivenCommand[]>()
  for (const command of commands) {
    if (!command.vote) continue
    const key = `${command.vote.itemId} ${command.userId}`
    groups.set(key, [...(groups.get(key) ?? []), command])
  }
  return groups
}

/**
 * How it may have ended: a person's votes are given one after the other, so the last certain one decides. A refused one may
 * have been counted too: where the answer to its first attempt was lost, it is the repeat that came too late.
 */
function possibleEnds(given: readonly GivenCommand[]): Set<boolean> {
  let possible = new Set([false])
  for (const command of given) {
    const { voted } = command.vote ?? { voted: false }
    if (command.result.ok) possible = new Set([voted])
    else possible.add(voted)
  }
  return possible
}
