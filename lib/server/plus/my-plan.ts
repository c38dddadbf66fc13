import { z } from 'zod'
import { type MyPlan, myPlanSchema } from '#lib/protocol/plus.ts'
import { callFunction } from '../db/call-function.ts'
import type { Db } from '../db/clients.ts'
import { lookUpPeople } from './look-up-people.ts'
import type { PlusDeps } from './plus-deps.ts'

/** What the client's person may do, and what they bought. @throws CodedError */
export function loadMyPlan(db: Db): Promise<MyPlan> {
  return callFunction(db, 'my_plan', {}, myPlanSchema)
}

/**
 * The same, after the person was looked up: for whoever comes from the page on which Plus is bought, before its notification.
 * @throws CodedError `not_allowed` for guests, `plus_off`, `rate_limited`
 */
export async function lookUpMyPlan(deps: PlusDeps & { db: Db }, userId: string): Promise<MyPlan> {
  await callFunction(deps.db, 'begin_plus_look_up', {}, z.unknown())
  await lookUpPeople(deps, [userId])
  return loadMyPlan(deps.db)
}
