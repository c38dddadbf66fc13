import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Actor, person, refused, service, sql } from './people.ts'
import { applyEntitlements, bought, dayInMs, type EntitlementFacts, nothing, setUpPlus } from './plus.ts'

let ana: Actor
let ben: Actor

beforeAll(() => setUpPlus('live'))
afterAll(() => setUpPlus('off'))
beforeEach(async () => {
  ;[ana, ben] = await Promise.all([person('Ana'), person('Ben')])
})

const minuteInMs = 60_000
/** The names of whom the worker is to look up now, of these. */
const claim = async (...people: Actor[]): Promise<string[]> => {
  const claimed = await service.call<string[]>('claim_due_plus_customers', { p_max: 100 })
  const rows = await sql<{ user_id: string }[]>`
    select user_id from private.plus_customers where customer_id = any(${claimed})`
  const ids = rows.map(({ user_id }) => user_id)
  return people.filter(({ id }) => ids.includes(id)).map(({ name }) => name)
}
/** Lets time pass for somebody. */
const pass = async ({ id }: Actor, interval: string) => {
  await sql`
    update private.plus_customers set came_at = came_at - ${interval}::interval, asked_at = asked_at - ${interval}::interval
    where user_id = ${id}`
  await sql`
    update entitlements set purchased_at = purchased_at - ${interval}::interval,
      expires_at = expires_at - ${interval}::interval, grace_ends_at = grace_ends_at - ${interval}::interval,
      refunded_at = refunded_at - ${interval}::interval, resumes_at = resumes_at - ${interval}::interval,
      cancelled_at = cancelled_at - ${interval}::interval, looked_up_at = looked_up_at - ${interval}::interval
    where user_id = ${id}`
}
/** How often somebody is looked up in that time, when nothing new is found. */
const timesAskedIn = async (who: Actor, minutes: number): Promise<number> => {
  let times = 0
  for (let minute = 0; minute < minutes; minute++) {
    await pass(who, '1 minute')
    times += (await claim(who)).length
  }
  return times
}

describe('Plus of which nobody hears that it goes on', () => {
  /** How people stand, of whom none came to buy lately. */
  const found = async (facts: EntitlementFacts[]) => {
    await applyEntitlements(facts)
    const ids = facts.map(({ appUserId }) => appUserId)
    await sql`update private.plus_customers set came_at = '-infinity' where customer_id = any(${ids})`
  }

  it('is looked up shortly before its end, and when it has ended, by one at a time', async () => {
    await found([bought(ana, { expiresAt: Date.now() + 10 * minuteInMs })])
    expect(await claim(ana)).toEqual([])
    await pass(ana, '8 minutes')
    const claims = await Promise.all([claim(ana), claim(ana), claim(ana)])
    expect(claims.flat()).toEqual(['Ana'])
    await pass(ana, '4 minutes')
    expect(await claim(ana)).toEqual(['Ana'])
  })

  it('is looked up ever more rarely after that, and not for ever', async () => {
    await found([bought(ana, { expiresAt: Date.now() })])
    expect(await timesAskedIn(ana, 60)).toBeLessThan(10)
    await pass(ana, '1 day')
    expect(await claim(ana)).toEqual(['Ana'])
    await pass(ana, '12 hours')
    expect(await claim(ana)).toEqual([])
    await pass(ana, '1 hour')
    expect(await claim(ana)).toEqual(['Ana'])
    await pass(ana, '30 days')
    expect(await claim(ana)).toEqual([])
  })

  it('is not looked up by the worker right after it was by somebody else', async () => {
    await found([bought(ana, { expiresAt: Date.now() - 60 * minuteInMs })])
    expect(await claim(ana)).toEqual([])
    await pass(ana, '31 minutes')
    await found([bought(ana, { expiresAt: Date.now() - 91 * minuteInMs })])
    expect(await claim(ana)).toEqual([])
  })

  it('is looked up about the end of its grace, and of its pause', async () => {
    const [past, soon] = [Date.now() - dayInMs, Date.now() + 1 * minuteInMs]
    await found([
      bought(ana, { expiresAt: past, graceEndsAt: soon }),
      bought(ben, { expiresAt: past, resumesAt: soon }),
    ])
    for (const who of [ana, ben]) await pass(who, '2 minutes')
    expect(await claim(ana, ben)).toEqual(['Ana', 'Ben'])
  })

  it('is looked up once after its end where it was cancelled, since it may have been taken up again', async () => {
    const cancelled = { expiresAt: Date.now() + minuteInMs, cancelledAt: Date.now() }
    await found([bought(ana, cancelled), bought(ben, { ...cancelled, billingIssueAt: Date.now() })])
    for (const who of [ana, ben]) await pass(who, '4 minutes')
    expect(await claim(ana, ben)).toEqual(['Ana', 'Ben'])
    const [at, expiresAt] = [Date.now(), Date.now() - 3 * minuteInMs]
    const later = { expiresAt, cancelledAt: at, lookedUpAt: at }
    await found([bought(ana, later), bought(ben, { ...later, billingIssueAt: at })])
    for (const who of [ana, ben]) await pass(who, '1 day')
    expect(await claim(ana, ben)).toEqual(['Ben'])
  })

  it.each([
    ['has weeks to go', { expiresAt: Date.now() + 20 * dayInMs }],
    ['has no end', { expiresAt: null }],
    [
      'was given back',
      { expiresAt: Date.now() + minuteInMs, refundedAt: Date.now(), cancelledAt: Date.now() },
    ],
  ])('is left alone where it %s', async (_, changes) => {
    await found([bought(ana, changes)])
    await pass(ana, '3 days')
    expect(await claim(ana)).toEqual([])
  })
})

describe('somebody who came to buy', () => {
  it('and has nothing is looked up after two minutes, then ever more rarely, and not for ever', async () => {
    await ana.call('my_plus_customer')
    expect(await claim(ana)).toEqual([])
    await pass(ana, '2 minutes')
    expect(await claim(ana)).toEqual(['Ana'])
    expect(await timesAskedIn(ana, 60)).toBeLessThan(10)
    await pass(ana, '2 days')
    expect(await claim(ana)).toEqual([])
  })

  it('and has it is left alone', async () => {
    await ana.call('my_plus_customer')
    await pass(ana, '2 minutes')
    const customerId = (await ana.call<{ customerId: string }>('my_plus_customer')).customerId
    await applyEntitlements([{ ...bought(ana), appUserId: customerId }])
    await pass(ana, '1 hour')
    expect(await claim(ana)).toEqual([])
  })

  it('again, long after what they had has ended, is looked up by the worker and by a reconciliation', async () => {
    const yesterday = new Date(Date.now() - dayInMs).toISOString()
    const since = async () => {
      const found = await service.call<{ userId: string }[]>('plus_customers_since', { p_since: yesterday })
      return found.some(({ userId }) => userId === ana.id)
    }
    await applyEntitlements([bought(ana, { expiresAt: Date.now() - dayInMs })])
    await pass(ana, '90 days')
    expect([await claim(ana), await since()]).toEqual([[], false])
    await ana.call('my_plus_customer')
    await pass(ana, '3 minutes')
    expect([await claim(ana), await since()]).toEqual([['Ana'], true])
  })

  it('waits for nobody: as many are handed out as are asked for, those first who wait longest', async () => {
    for (const who of [ana, ben]) await who.call('my_plus_customer')
    await pass(ana, '20 minutes')
    await pass(ben, '30 minutes')
    await applyEntitlements([nothing(ben, { lookedUpAt: Date.now() - 30 * minuteInMs })])
    await sql`update private.plus_customers set came_at = '-infinity' where user_id <> all(${[ana.id, ben.id]})`
    await sql`update entitlements set expires_at = '-infinity' where user_id <> all(${[ana.id, ben.id]})`
    const one = () => service.call<string[]>('claim_due_plus_customers', { p_max: 1 })
    const ids = await sql<{ customer_id: string }[]>`
      select customer_id from private.plus_customers where user_id in (${ana.id}, ${ben.id})
      order by user_id = ${ana.id}`
    expect([...(await one()), ...(await one()), ...(await one())]).toEqual(
      ids.map(({ customer_id }) => customer_id),
    )
  })

  it('learns from nobody else whom the worker looks up', async () => {
    expect(await refused(ana.call('claim_due_plus_customers', { p_max: 1 }))).toBe('42501')
  })
})
