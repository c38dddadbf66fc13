import { z } from 'zod'
import { callFunction } from '../db/call-function.ts'
import { lookUpPerson } from '../revenuecat/look-up-person.ts'
import type { PlusDeps } from './plus-deps.ts'

const appliedSchema = z.object({ outcome: z.enum(['applied', 'unchanged', 'repeated']) })
export type LookUpOutcome = z.infer<typeof appliedSchema>['outcome']

/**
 * Looks people up at RevenueCat, by their ids there, and has SQL decide what that comes to: all of them in one transaction,
 * or none.
 * @throws CodedError
 */
export async function lookUpPeople(
  { access, service }: PlusDeps,
  appUserIds: readonly string[],
  event?: { id: string; type: string },
): Promise<LookUpOutcome> {
  const facts = await Promise.all(appUserIds.map((appUserId) => lookUpPerson(access, appUserId)))
  const args = { p_facts: facts, p_event_id: event?.id ?? null, p_event_type: event?.type ?? null }
  return (await callFunction(service, 'apply_entitlements', args, appliedSchema)).outcome
}
