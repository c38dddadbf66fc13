import { toCodedError } from '../db/call-function.ts'
import { lookUpPeople } from './look-up-people.ts'
import type { PlusDeps } from './plus-deps.ts'

/** How many rows PostgREST gives at once. */
const pageSize = 1000

/**
 * Looks everybody up again whose Plus goes on or has ended since then: a notification that RevenueCat has given up on is lost.
 * What had been missed is put right, and is a difference all the same.
 * @returns how many were looked up, and a line for each difference
 * @throws CodedError
 */
export async function reconcilePlus(
  deps: PlusDeps,
  sinceInMs: number,
): Promise<{ lookedUp: number; differences: string[] }> {
  const before = await endsOf(deps, sinceInMs)
  for (const userId of before.keys()) await lookUpPeople(deps, [userId])
  const after = await endsOf(deps, sinceInMs)
  const differences = [...before].flatMap(([userId, endsAt]) => {
    const endsNow = after.get(userId) ?? 'before'
    return endsNow === endsAt ? [] : [`${userId}: had been missed; Plus ends ${endsNow}, not ${endsAt}`]
  })
  return { lookedUp: before.size, differences }
}

/** Until when people have Plus, as it is known here. */
async function endsOf({ service }: PlusDeps, sinceInMs: number): Promise<Map<string, string>> {
  const ends = new Map<string, string>()
  for (;;) {
    const { data, error } = await service
      .from('entitlements')
      .select('user_id, ends_at')
      .gte('ends_at', new Date(sinceInMs).toISOString())
      .order('user_id')
      .range(ends.size, ends.size + pageSize - 1)
    if (error) throw toCodedError(error)
    for (const { user_id, ends_at } of data) ends.set(user_id, ends_at ?? '')
    if (data.length < pageSize) return ends
  }
}
