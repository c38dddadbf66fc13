import { beforeEach, describe, expect, it } from 'vitest'
import { applyFacts, balances, givenBack, paidFacts, paidTip, payable } from './money.ts'
import { type Actor, anon, person, refused, service, sql } from './people.ts'
import { type Room, room } from './rooms.ts'

let dj: Actor
let ana: Actor
let party: Room
let tipId: string

beforeEach(async () => {
  ;[dj, ana] = await Promise.all([person('DJ Sol'), person('Ana')])
  party = await room(dj, [ana])
  await payable(dj)
  tipId = await paidTip(party, ana)
})

type Entries = [account: string, amount: number, currency?: string][]
/** Posts by hand, as the owner of everything. */
const post = (cause: string, cumulative: number, entries: Entries) =>
  sql.begin(async (tx) => {
    const [posted] = await tx`
      insert into private.ledger_transactions (tip_id, cause, cumulative)
      values (${tipId}, ${cause}, ${cumulative}) returning id`
    for (const [account, amount, currency = 'eur'] of entries)
      await tx`
        insert into private.ledger_entries (transaction_id, account, amount, currency)
        values (${posted?.id}, ${account}, ${amount}, ${currency})`
  })

describe('the ledger', () => {
  it('takes no transaction that is not balanced, in each currency', async () => {
    const wrong: Entries[] = [
      [['dj', 1]],
      [
        ['dj', 2],
        ['platform', -1],
      ],
      [
        ['dj', 1, 'eur'],
        ['platform', -1, 'usd'],
      ],
    ]
    for (const entries of wrong) expect(await refused(post('refunded', 7, entries))).toBe('23514')
    await post('refunded', 7, [
      ['dj', 3],
      ['platform', -1],
      ['listeners', -2],
    ])
  })

  it('takes nothing twice', async () => {
    const again = post('paid', 1_000, [
      ['dj', 900],
      ['platform', 100],
      ['listeners', -1_000],
    ])
    expect(await refused(again)).toBe('23505')
  })

  it('takes no entry that unbalances an earlier transaction', async () => {
    const late = sql`
      insert into private.ledger_entries (transaction_id, account, amount, currency)
      select id, 'disputes', 5, 'eur' from private.ledger_transactions where tip_id = ${tipId}`
    expect(await refused(late)).toBe('23514')
  })

  it.each(['ledger_transactions', 'ledger_entries'])('is never rewritten: %s', async (table) => {
    for (const statement of ['update', 'delete', 'truncate'] as const) {
      const text = {
        update: `update private.${table} set ${table === 'ledger_entries' ? 'amount = amount + 1' : "cause = 'refunded'"}`,
        delete: `delete from private.${table}`,
        truncate: `truncate private.${table} cascade`,
      }[statement]
      expect([statement, await refused(sql.unsafe(text))]).toEqual([statement, '23001'])
    }
    expect(await balances(tipId)).toEqual({ 'dj eur': 900, 'listeners eur': -1_000, 'platform eur': 100 })
  })

  it('keeps the tip that it is about', async () => {
    expect(await refused(sql`delete from tips where id = ${tipId}`)).toBe('23503')
  })

  it('is out of everybody’s reach, the server’s too', async () => {
    for (const who of [ana, dj, anon, service])
      for (const table of [
        'ledger_transactions',
        'ledger_entries',
        'stripe_events',
        'tip_discrepancies',
        'tip_refunds',
        'tip_disputes',
        'money_settings',
      ])
        expect(await refused(who.query(`select * from private.${table}`))).toBe('42501')
    for (const who of [ana, dj, anon]) expect(await refused(who.call('ledger_summary'))).toBe('42501')
  })
})

describe('the summary', () => {
  type Summary = {
    accounts: { livemode: boolean; currency: string; account: string; amount: number }[]
    tips: { livemode: boolean; status: string; count: number }[]
    mismatches: string[]
    discrepancies: { tipId: string; fields: string[]; times: number }[]
  }
  const summary = () => service.call<Summary>('ledger_summary')
  const account = ({ accounts }: Summary, name: string) =>
    accounts.find((a) => !a.livemode && a.currency === 'eur' && a.account === name)?.amount ?? 0

  it('adds up to nothing in every currency, and moves by what happens', async () => {
    const before = await summary()
    await applyFacts({ ...(await paidFacts(tipId)), ...givenBack(500) })
    const after = await summary()
    expect(account(after, 'dj') - account(before, 'dj')).toBe(-450)
    expect(account(after, 'platform') - account(before, 'platform')).toBe(-50)
    const sums = new Map<string, number>()
    for (const { livemode, currency, amount } of after.accounts)
      sums.set(`${livemode} ${currency}`, (sums.get(`${livemode} ${currency}`) ?? 0) + amount)
    expect([...sums.values()].filter((sum) => sum !== 0)).toEqual([])
    expect(
      after.tips.find(({ livemode, status }) => !livemode && status === 'partly_refunded')?.count,
    ).toBeGreaterThan(0)
  })

  it('names the tips whose books say something else, and what was refused', async () => {
    await applyFacts({ ...(await paidFacts(tipId)), amount: 1 })
    const fine = await summary()
    expect(fine.mismatches).not.toContain(tipId)
    expect(fine.discrepancies).toContainEqual(
      expect.objectContaining({ tipId, fields: ['amount'], times: 1 }),
    )
    await sql`update tips set refunded_amount = 10 where id = ${tipId}`
    expect((await summary()).mismatches).toContain(tipId)
  })
})
