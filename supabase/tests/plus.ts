import type { JSONValue } from 'postgres'
import { type Actor, service, sql } from './people.ts'

/** What was found when somebody was looked up at RevenueCat (`…_entitlements.sql`). */
export type EntitlementFacts = { appUserId: string; lookedUpAt: number } & Record<string, JSONValue>

export const dayInMs = 24 * 60 * 60 * 1000

let lastLookUpAt = 0
/** The time of a look-up: each later than the one before. */
export function lookUpTime(): number {
  lastLookUpAt = Math.max(Date.now(), lastLookUpAt + 1)
  return lastLookUpAt
}

/** Somebody who bought a month today, unless said otherwise. */
export function bought({ id }: Pick<Actor, 'id'>, changes: Record<string, JSONValue> = {}): EntitlementFacts {
  return {
    appUserId: id,
    customerId: id,
    productId: 'plus_monthly',
    store: 'rc_billing',
    isSandbox: false,
    purchasedAt: Date.now() - 60_000,
    expiresAt: Date.now() + 30 * dayInMs,
    graceEndsAt: null,
    refundedAt: null,
    cancelledAt: null,
    billingIssueAt: null,
    resumesAt: null,
    managementUrl: 'https://pay.rev.cat/manage',
    lookedUpAt: lookUpTime(),
    ...changes,
  }
}

/** Somebody who bought nothing. */
export function nothing(
  { id }: Pick<Actor, 'id'>,
  changes: Record<string, JSONValue> = {},
): EntitlementFacts {
  return { appUserId: id, customerId: id, productId: null, lookedUpAt: lookUpTime(), ...changes }
}

/** Here everybody goes at RevenueCat by the id that they have with us, unless they came to buy before. */
export async function applyEntitlements(facts: EntitlementFacts[], eventId: string | null = null) {
  await sql`
    insert into private.plus_customers (user_id, customer_id)
    select id, id from profiles where id = any(${[facts].flat().map(({ appUserId }) => appUserId)})
    on conflict do nothing`
  return service.call<{ outcome: string }>('apply_entitlements', {
    p_facts: facts,
    p_event_id: eventId,
    p_event_type: eventId && 'RENEWAL',
  })
}

/** Says whether Plus is to be had here. For a whole file of tests: the database is one for all. */
export const setUpPlus = (mode: 'off' | 'test' | 'live', trackMaxMs = 5_400_000) =>
  service.call('set_up_plans', { p_plus_mode: mode, p_track_max_ms: trackMaxMs })

export type Plan = {
  plan: string
  limits: {
    trackMaxInMs: number
    originalMaxBytes: number
    sessionsAnHour: number | null
    renditions: string[]
  }
  offer: unknown
  subscription: Record<string, JSONValue> | null
}
export const planOf = (who: Actor) => who.call<Plan>('my_plan')

/** The instant from which everything above ends, as time passing would. */
export const letPass = (who: Actor) =>
  sql`update entitlements set expires_at = now() - interval '1 second', grace_ends_at = null where user_id = ${who.id}`
