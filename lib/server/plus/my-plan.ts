import { z } from 'zod'
import { type MyPlan, myPlanSchema } from '#lib/protocol/plus.ts'
import { callFunction } from '../db/call-function.ts'
import type { Db } from '../db/clients.ts'
import { lookUpPeople } from './look-up-people.ts'
import type { PlusDeps } from './plus-deps.ts'

const customerSchema = z.object({ customerId: z.uuid() })

/**
 * Who the client's person is at RevenueCat, which nobody else gets to know.
 * @throws CodedError `not_allowed` for guests, `plus_off`
 */
export async function loadMyCustomerId(db: Db): Promise<string> {
  return (await callFunction(db, 'my_plus_customer', {}, customerSchema)).customerId
}

/** What the client's person may do, and what they bought. @throws CodedError */
export function loadMyPlan(db: Db): Promise<MyPlan> {
  return callFunction(db, 'my_plan', {}, myPlanSchema)
}

/**
 * The same, after the person was looked up: for whoever comes from the page on which Plus is bought, before its notification.
 * @throws CodedError `not_allowed` for guests, `plus_off`, `rate_limited`
 */
export async function lookUpMyPlan(deps: PlusDeps & { db: Db }): Promise<MyPlan> {
  const { customerId } = await callFunction(deps.db, 'begin_plus_look_up', {}, customerSchema)
  await lookUpPeople(deps, [customerId])
  return loadMyPlan(deps.db)
}
