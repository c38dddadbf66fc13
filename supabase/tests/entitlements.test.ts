import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import type { JSONValue } from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Actor, anon, person, refused, service, sql } from './people.ts'
import {
  applyEntitlements,
  bought,
  dayInMs,
  type EntitlementFacts,
  letPass,
  lookUpTime,
  nothing,
  planOf,
  setUpPlus,
} from './plus.ts'

let ana: Actor
let ben: Actor

beforeAll(() => setUpPlus('live'))
afterAll(() => setUpPlus('off'))
beforeEach(async () => {
  ;[ana, ben] = await Promise.all([person('Ana'), person('Ben')])
})

const has = async (who: Actor) => (await planOf(who)).plan === 'plus'
const event = () => randomUUID()

describe('Plus', () => {
  it('is nobody’s until it is bought, and theirs alone who bought it', async () => {
    expect(await planOf(ana)).toMatchObject({ plan: 'standard', subscription: null })
    expect(await applyEntitlements([bought(ana)], event())).toEqual({ outcome: 'applied' })
    const { plan, subscription } = await planOf(ana)
    expect(plan).toBe('plus')
    expect(subscription).toMatchObject({
      isActive: true,
      isCancelled: false,
      isRefunded: false,
      hasBillingIssue: false,
      managementUrl: 'https://pay.rev.cat/manage',
    })
    expect(await has(ben)).toBe(false)
  })

  it('ends when its time is over, without anybody saying so', async () => {
    await applyEntitlements([bought(ana)])
    await letPass(ana)
    expect(await planOf(ana)).toMatchObject({ plan: 'standard', subscription: { isActive: false } })
  })

  it('without an end has none', async () => {
    await applyEntitlements([bought(ana, { expiresAt: null })])
    expect(await planOf(ana)).toMatchObject({ plan: 'plus', subscription: { endsAt: null } })
  })

  const past = () => Date.now() - 1_000
  const soon = () => Date.now() + 3 * dayInMs
  it.each<[string, boolean, () => Record<string, JSONValue>]>([
    ['CANCELLATION keeps it to the end of what is paid', true, () => ({ cancelledAt: past() })],
    ['PAUSED keeps it to the end of what is paid', true, () => ({ resumesAt: soon() })],
    [
      'BILLING_ISSUE keeps it for the days of grace',
      true,
      () => ({ billingIssueAt: past(), expiresAt: past(), graceEndsAt: soon() }),
    ],
    [
      'BILLING_ISSUE without days of grace keeps what is paid',
      true,
      () => ({ billingIssueAt: past(), expiresAt: soon() }),
    ],
    ['the end of the days of grace ends it', false, () => ({ expiresAt: past() - 9, graceEndsAt: past() })],
    ['EXPIRATION ends it', false, () => ({ expiresAt: past() })],
    ['REFUND ends it at once', false, () => ({ refundedAt: past() })],
    [
      'REFUND in the days of grace ends it at once',
      false,
      () => ({ refundedAt: past(), expiresAt: past(), graceEndsAt: soon() }),
    ],
    ['a refund of an earlier purchase ends nothing', true, () => ({ refundedAt: Date.now() - 90_000 })],
  ])('%s', async (_, isKept, changes) => {
    await applyEntitlements([bought(ana)])
    await applyEntitlements([bought(ana, changes())], event())
    expect(await has(ana)).toBe(isKept)
  })

  it('of the sandbox never counts where it is real (attack 35), and counts where it is tried out', async () => {
    await applyEntitlements([bought(ana, { isSandbox: true }), bought(ben, { isSandbox: null })])
    expect([await has(ana), await has(ben)]).toEqual([false, false])
    expect(await planOf(ana)).toMatchObject({ subscription: { isActive: false, isSandbox: true } })
    await setUpPlus('test')
    expect([await has(ana), await has(ben)]).toEqual([true, true])
    await setUpPlus('live')
    expect([await has(ana), await has(ben)]).toEqual([false, false])
  })

  it('moves with a TRANSFER, and is never two people’s (attack 36)', async () => {
    await applyEntitlements([bought(ana)])
    await applyEntitlements([nothing(ana), bought(ben)], event())
    expect([await has(ana), await has(ben)]).toEqual([false, true])
    await applyEntitlements([bought(ana), nothing(ben)], event())
    expect([await has(ana), await has(ben)]).toEqual([true, false])
  })

  it('of a customer who goes by two people’s ids is the first one’s alone (attack 36)', async () => {
    await applyEntitlements([bought(ana), bought(ben, { customerId: ana.id })], event())
    expect([await has(ana), await has(ben)]).toEqual([true, false])
    const anonymous = `$RCAnonymousID:${randomUUID()}`
    await applyEntitlements([bought(ben, { customerId: anonymous })])
    expect(await has(ben)).toBe(true)
  })
})

describe('a notification', () => {
  it('that comes again changes nothing', async () => {
    const same = event()
    expect(await applyEntitlements([bought(ana)], same)).toEqual({ outcome: 'applied' })
    expect(await applyEntitlements([nothing(ana)], same)).toEqual({ outcome: 'repeated' })
    expect(await has(ana)).toBe(true)
  })

  it('that failed half-way is not remembered, and nobody of it was changed', async () => {
    const same = event()
    const broken = bought(ben, { purchasedAt: null })
    expect(await refused(applyEntitlements([bought(ana), broken], same))).toBe('23514')
    expect(await has(ana)).toBe(false)
    expect(await applyEntitlements([bought(ana)], same)).toEqual({ outcome: 'applied' })
  })

  it('of nobody here says nothing', async () => {
    const stranger = { id: randomUUID() }
    expect(await applyEntitlements([bought(stranger)], event())).toEqual({ outcome: 'unchanged' })
    expect(await refused(service.call('apply_entitlements', { p_facts: {} }))).toBe('invalid_input')
  })

  it('may come late, twice, in any order and all at once: the newest look-up counts', async () => {
    const kinds = ['month', 'ended', 'refunded', 'grace', 'nothing', 'sandbox'] as const
    const found = (who: Actor, kind: (typeof kinds)[number], at: number): EntitlementFacts => {
      const changes = { lookedUpAt: at }
      if (kind === 'nothing') return nothing(who, changes)
      const how: Record<string, Record<string, JSONValue>> = {
        month: {},
        ended: { expiresAt: Date.now() - 1_000 },
        refunded: { refundedAt: Date.now() },
        grace: { expiresAt: Date.now() - 1_000, graceEndsAt: Date.now() + dayInMs },
        sandbox: { isSandbox: true },
      }
      return bought(who, { ...how[kind], ...changes })
    }
    const step = fc.record({ first: fc.constantFrom(...kinds), second: fc.constantFrom(...kinds) })
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 5 }),
        fc.infiniteStream(fc.nat()),
        fc.boolean(),
        async (steps, chance, atOnce) => {
          const [eva, leo] = await Promise.all([person('Eva'), person('Leo')])
          const happened = steps.map(({ first, second }) => {
            const at = lookUpTime()
            return { id: event(), facts: [found(eva, first, at), found(leo, second, at)] }
          })
          // Each twice, in an order of chance.
          const deliveries = [...happened, ...happened]
            .map((delivery) => ({ delivery, order: chance.next().value as number }))
            .sort((a, b) => a.order - b.order)
            .map(({ delivery }) => delivery)
          const deliver = ({ id, facts }: (typeof happened)[number]) => applyEntitlements(facts, id)
          if (atOnce) await Promise.all(deliveries.map(deliver))
          else for (const delivery of deliveries) await deliver(delivery)
          const last = steps.at(-1)
          const counts = (kind?: string) => kind === 'month' || kind === 'grace'
          expect([await has(eva), await has(leo)]).toEqual([counts(last?.first), counts(last?.second)])
        },
      ),
      { numRuns: 25 },
    )
  }, 120_000)
})

describe('nobody', () => {
  it('says themselves what they bought', async () => {
    for (const who of [ana, anon])
      expect(await refused(who.call('apply_entitlements', { p_facts: [bought(ana)] }))).toBe('42501')
    for (const text of [
      `insert into entitlements (user_id, product_id, is_sandbox, looked_up_at) values ('${ana.id}', 'plus', false, now())`,
      `update entitlements set expires_at = 'infinity'`,
      'delete from entitlements',
    ])
      expect(await refused(ana.query(text))).toBe('42501')
    expect(await refused(ana.call('set_up_plans', { p_plus_mode: 'test', p_track_max_ms: 1 }))).toBe('42501')
  })

  it('sees what others bought', async () => {
    await applyEntitlements([bought(ana)])
    expect(await ana.query('select product_id from entitlements')).toEqual([{ product_id: 'plus_monthly' }])
    expect(await ben.query('select product_id from entitlements')).toEqual([])
    expect(await refused(anon.query('select product_id from entitlements'))).toBe('42501')
  })

  it('has themselves looked up without end, and guests not at all', async () => {
    for (let i = 0; i < 30; i++) await ana.call('begin_plus_look_up')
    expect(await refused(ana.call('begin_plus_look_up'))).toBe('rate_limited')
    const guest = await person('Gus', { guest: true })
    expect(await refused(guest.call('begin_plus_look_up'))).toBe('not_allowed')
    await setUpPlus('off')
    expect(await refused(ben.call('begin_plus_look_up'))).toBe('plus_off')
    await setUpPlus('live')
  })

  it('knows by what id somebody goes at RevenueCat, which tells whoever knows it what they bought', async () => {
    const idOf = async (who: Actor) => (await who.call<{ customerId: string }>('my_plus_customer')).customerId
    const [anas, bens] = [await idOf(ana), await idOf(ben)]
    expect(new Set([anas, bens, ana.id, ben.id]).size).toBe(4)
    expect(await idOf(ana)).toBe(anas)
    expect(await refused(ben.query('select * from private.plus_customers'))).toBe('42501')
    expect(await refused(ben.call('plus_customers_since', { p_since: new Date().toISOString() }))).toBe(
      '42501',
    )
    // Nor does who they are with us stand for them there.
    expect(await applyEntitlements([bought(ana)])).toEqual({ outcome: 'unchanged' })
    expect(await applyEntitlements([bought({ id: anas })])).toEqual({ outcome: 'applied' })
    expect([await has(ana), await has(ben)]).toEqual([true, false])
  })

  it('who is a guest, or where Plus is off, is anybody at RevenueCat', async () => {
    expect(await refused((await person('Gus', { guest: true })).call('my_plus_customer'))).toBe('not_allowed')
    await setUpPlus('off')
    expect(await refused(ben.call('my_plus_customer'))).toBe('plus_off')
    await setUpPlus('live')
  })

  it('is left of whose account is gone', async () => {
    await applyEntitlements([bought(ana)])
    await sql`delete from auth.users where id = ${ana.id}`
    expect(await applyEntitlements([bought(ana)])).toEqual({ outcome: 'unchanged' })
  })
})
