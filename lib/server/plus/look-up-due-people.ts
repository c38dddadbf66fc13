import { z } from 'zod'
import { callFunction } from '../db/call-function.ts'
import { lookUpPeople } from './look-up-people.ts'
import type { PlusDeps } from './plus-deps.ts'

const customerIdsSchema = z.array(z.uuid())

/** As many as one turn looks up; the rest is due at the next. */
const atOnce = 50

/**
 * Looks up the people of whom RevenueCat may have told us something that never came, so that who pays keeps their Plus.
 * SQL says who is due. One who cannot be looked up keeps no other waiting, and is due again later.
 * @returns how many were looked up
 * @throws AggregateError with what went wrong
 */
export async function lookUpDuePeople(deps: PlusDeps): Promise<number> {
  const args = { p_max: atOnce }
  const due = await callFunction(deps.service, 'claim_due_plus_customers', args, customerIdsSchema)
  const failures: unknown[] = []
  for (const customerId of due)
    await lookUpPeople(deps, [customerId]).catch((thrown: unknown) => failures.push(thrown))
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} people could not be looked up.`)
  return due.length
}
