import { z } from 'zod'
import { callFunction } from '../db/call-function.ts'
import { lookUpPeople } from './look-up-people.ts'
import type { PlusDeps } from './plus-deps.ts'

/**
 * Looks everybody up again whose Plus goes on or has ended since then, and who came to buy it since then and has nothing: a
 * notification that RevenueCat has given up on is lost. What had been missed is put right, and is a difference all the same.
 * One who cannot be looked up is a difference too, and keeps nobody else waiting.
 * @returns how many were looked up, and a line for each difference
 * @throws CodedError where not even ours can be listed
 */
export async function reconcilePlus(
  deps: PlusDeps,
  sinceInMs: number,
): Promise<{ lookedUp: number; differences: string[] }> {
  const before = await customersSince(deps, sinceInMs)
  const failures: string[] = []
  for (const customerId of before.keys())
    await lookUpPeople(deps, [customerId]).catch((error: unknown) =>
      failures.push(`${customerId}: could not be looked up: ${String(error)}`),
    )
  const after = await customersSince(deps, sinceInMs)
  const missed = [...before.values()].flatMap(({ customerId, userId, endsAt }) => {
    const now = after.get(customerId)
    if (now?.endsAt === endsAt) return []
    return [
      `${userId}: had been missed; Plus ends ${now ? now.endsAt : 'earlier'}, not ${endsAt ?? 'at all'}`,
    ]
  })
  return { lookedUp: before.size - failures.length, differences: [...missed, ...failures] }
}

const customersSchema = z.array(
  z.object({ customerId: z.uuid(), userId: z.uuid(), endsAt: z.string().nullable() }),
)
type Customer = z.infer<typeof customersSchema>[number]

/** Until when people have Plus, as it is known here, by their ids at RevenueCat. */
async function customersSince({ service }: PlusDeps, sinceInMs: number): Promise<Map<string, Customer>> {
  const args = { p_since: new Date(sinceInMs).toISOString() }
  const customers = await callFunction(service, 'plus_customers_since', args, customersSchema)
  return new Map(customers.map((customer) => [customer.customerId, customer]))
}
