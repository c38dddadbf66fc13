import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  applyFacts,
  balances,
  beginTip,
  dispute,
  givenBack,
  heardTips,
  paidFacts,
  paidTip,
  payable,
  refundsOf,
} from './money.ts'
import { type Actor, anon, person, refusal, refused, service, sql } from './people.ts'
import { type Room, room } from './rooms.ts'

let dj: Actor
let ana: Actor
let ben: Actor
let cem: Actor
let party: Room

beforeEach(async () => {
  ;[dj, ana, ben, cem] = await Promise.all([person('DJ Sol'), person('Ana'), person('Ben'), person('Cem')])
  party = await room(dj, [ana, ben, cem])
  await payable(dj)
})

/** What a session shows of its tips to whoever comes in. */
const tips = async (who: Actor) => {
  const { session, tipFigures } = await party.snapshot(who)
  return { goal: session.tipGoal, ...tipFigures }
}
const setGoal = (who: Actor, amount: number | null, currency: string | null = 'eur') =>
  party.command(who, 'set_tip_goal', { p_amount: amount, p_currency: currency })

describe('what a session shows of its tips', () => {
  it('is nothing before the first one', async () => {
    await beginTip(party, ana)
    expect(await tips(ana)).toEqual({ goal: null })
  })

  it('are the three who gave most, of what they show', async () => {
    const dora = await person('Dora')
    await dora.call('join_session', { p_session_id: party.id })
    await paidTip(party, ana, { p_amount: 1_000 })
    await paidTip(party, ana, { p_amount: 2_000 })
    await paidTip(party, ana, { p_amount: 9_000, p_shows_amount: false })
    await paidTip(party, ben, { p_amount: 5_000 }, givenBack(4_000))
    await paidTip(party, cem, { p_amount: 9_000, p_is_anonymous: true })
    await paidTip(party, cem, { p_amount: 500 })
    await paidTip(party, dora, { p_amount: 400 })
    await paidTip(party, dora, { p_amount: 9_000, p_currency: 'usd' })
    expect(await tips(ben)).toEqual({
      currency: 'eur',
      goal: null,
      raised: null,
      top: [
        { userId: ana.id, name: 'Ana', amount: 3_000 },
        { userId: ben.id, name: 'Ben', amount: 1_000 },
        { userId: cem.id, name: 'Cem', amount: 500 },
      ],
    })
    await dj.call('ban_member', { p_session_id: party.id, p_user_id: ana.id })
    expect((await tips(ben)).top?.map(({ name }) => name)).toEqual(['Ben', 'Cem', 'Dora'])
  })

  it('is how far the goal is reached, by every tip that was paid and kept in its currency', async () => {
    await paidTip(party, ana, { p_amount: 1_000, p_is_anonymous: true })
    await paidTip(party, ana, { p_amount: 1_000, p_shows_amount: false })
    await paidTip(party, ana, { p_amount: 1_000, p_currency: 'usd' })
    await paidTip(party, ana, { p_amount: 1_000 }, { refunds: refundsOf(300) })
    await paidTip(party, ana, { p_amount: 1_000 }, { refunds: refundsOf(1_000) })
    await paidTip(party, ana, { p_amount: 1_000 }, { disputes: [dispute('lost')] })
    await paidTip(party, ana, { p_amount: 1_000 }, { disputes: [dispute('lost', 900)] })
    await beginTip(party, ana, { p_amount: 1_000 })
    await setGoal(dj, 50_000)
    expect(await tips(ben)).toMatchObject({
      currency: 'eur',
      goal: { amount: 50_000, currency: 'eur' },
      raised: 2_800,
    })
    await setGoal(dj, 60_000, 'usd')
    expect(await tips(ben)).toMatchObject({
      currency: 'usd',
      goal: { amount: 60_000, currency: 'usd' },
      raised: 1_000,
    })
  })

  it('is counted in whole yen where there are no cents', async () => {
    await paidTip(party, ana, { p_amount: 555, p_currency: 'jpy' })
    await paidTip(party, ben, { p_amount: 1_000, p_currency: 'jpy' }, { refunds: refundsOf(333) })
    await setGoal(dj, 2_000, 'jpy')
    expect(await tips(cem)).toMatchObject({
      ...{ currency: 'jpy', goal: { amount: 2_000, currency: 'jpy' }, raised: 1_222 },
      top: [
        { name: 'Ben', amount: 667 },
        { name: 'Ana', amount: 555 },
      ],
    })
  })

  it('is told after each change, to those who are there', async () => {
    const tipId = await paidTip(party, ana)
    const raised = async () => (await party.sent()).at(-1)?.state?.tipFigures
    expect(await raised()).toMatchObject({ currency: 'eur', top: [{ name: 'Ana', amount: 1_000 }] })
    await applyFacts({ ...(await paidFacts(tipId)), ...givenBack(400) })
    expect(await raised()).toMatchObject({ top: [{ name: 'Ana', amount: 600 }] })
    await applyFacts({ ...(await paidFacts(tipId)), ...givenBack(1_000) })
    expect(await raised()).toEqual({ currency: null, raised: null, top: [] })
  })

  it('are the tips themselves, as far back as the messages go', async () => {
    const say = (text: string) => party.command(dj, 'send_message', { p_text: text })
    const first = await paidTip(party, ana, { p_message: 'hi' })
    await say('one')
    const second = await paidTip(party, ben, { p_is_anonymous: true })
    const shown = async () => (await party.snapshot(cem)).tips.map(({ tipId }) => tipId)
    expect((await party.snapshot(cem)).tips).toMatchObject([
      { tipId: first, giverId: ana.id, name: 'Ana', message: 'hi', amount: 1_000 },
      { tipId: second, giverId: null, name: null },
    ])
    for (let n = 0; n < 49; n++) await say(`more ${n}`)
    expect(await shown()).toEqual([second])
    await say('and more')
    expect(await shown()).toEqual([])
  })
})

describe('the words of a tip', () => {
  const remove = (who: Actor, tipId: string) => party.command(who, 'remove_tip_words', { p_tip_id: tipId })

  it('are taken away by who moderates: out of the room, the log, and what its DJ received', async () => {
    const tipId = await paidTip(party, ana, { p_message: 'regrettable' })
    for (const who of [ana, ben]) expect(await refused(remove(who, tipId))).toBe('not_allowed')
    await dj.call('set_member_role', { p_session_id: party.id, p_user_id: ben.id, p_role: 'moderator' })
    const commandId = randomUUID()
    await party.command(ben, 'remove_tip_words', { p_tip_id: tipId }, commandId)
    await party.command(ben, 'remove_tip_words', { p_tip_id: tipId }, commandId)
    await remove(dj, tipId)
    const caughtUp = await cem.call('events_after', { p_session_id: party.id, p_after: 0 })
    const kept = [caughtUp, await party.snapshot(cem), await dj.call('received_tips')]
    expect(JSON.stringify(kept)).not.toContain('regrettable')
    expect(JSON.stringify(await sql`select * from tips where id = ${tipId}`)).not.toContain('regrettable')
    const removed = (await party.sent()).flatMap(({ items }) =>
      items.filter(({ kind }) => kind === 'tip.words_removed'),
    )
    expect(removed).toMatchObject([{ by: ben.id, commandId, payload: { tipId } }])
    expect((await party.snapshot(cem)).tips).toMatchObject([
      { tipId, name: 'Ana', amount: 1_000, message: null },
    ])
  })

  it('are those that the room has heard, of this session', async () => {
    const [begun, other] = [await beginTip(party, ana, { p_message: 'not yet' }), await room(dj, [ana])]
    const elsewhere = await paidTip(other, ana, { p_message: 'elsewhere' })
    for (const tipId of [begun, elsewhere, randomUUID()])
      expect(await refused(remove(dj, tipId))).toBe('not_found')
  })

  it('of somebody whom one blocks are not read', async () => {
    const tipId = await paidTip(party, ana, { p_message: 'psst' })
    await paidTip(party, ben, { p_message: 'hello' })
    await cem.call('block', { p_user_id: ana.id, p_blocked: true })
    expect((await party.snapshot(cem)).tips).toMatchObject([{ name: 'Ben', message: 'hello' }])
    expect((await party.snapshot(ben)).tips).toHaveLength(2)
    // Their event stays, so that the log has no gap; the client leaves it out.
    const { items } = await cem.call<{ items: { payload: object }[] }>('events_after', {
      p_session_id: party.id,
      p_after: 0,
    })
    expect(items.find(({ payload }) => 'tipId' in payload && payload.tipId === tipId)).toMatchObject({
      payload: { giverId: ana.id, message: null },
    })
  })
})

describe('a goal', () => {
  it('is set and taken away by whoever plays', async () => {
    expect(await refused(setGoal(ana, 50_000))).toBe('not_allowed')
    await dj.call('set_member_role', { p_session_id: party.id, p_user_id: ana.id, p_role: 'co_dj' })
    await setGoal(ana, 50_000)
    expect(await tips(ben)).toMatchObject({ goal: { amount: 50_000, currency: 'eur' }, raised: 0 })
    await setGoal(dj, null, null)
    expect(await tips(ben)).toEqual({ goal: null })
  })

  it('is told to everybody at once, with what came so far', async () => {
    await paidTip(party, ben)
    const { seq } = await setGoal(dj, 50_000)
    expect((await party.sent()).at(-1)).toMatchObject({
      items: [{ seq, kind: 'session.changed', payload: { tipGoal: { amount: 50_000, currency: 'eur' } } }],
      state: { tipFigures: { currency: 'eur', raised: 1_000 } },
    })
  })

  it.each([
    ['currency', 50_000, 'kwd'],
    ['currency', 50_000, null],
    ['amount', 299, 'eur'],
    ['amount', 20_000_001, 'eur'],
    ['amount', 299, 'jpy'],
    ['amount', 30_000_001, 'jpy'],
  ] as const)('is refused for its %s: %d %s', async (field, amount, currency) => {
    expect(await refusal(setGoal(dj, amount, currency))).toEqual({ code: 'invalid_input', detail: { field } })
  })
})

describe('what the DJ sees', () => {
  it('are the paid tips, with amounts that the room does not see, and without who is anonymous', async () => {
    await beginTip(party, ana)
    const named = await paidTip(party, ana, { p_shows_amount: false, p_message: 'hi' })
    const hidden = await paidTip(party, ben, { p_is_anonymous: true, p_message: 'psst' })
    const received = await dj.call('received_tips')
    expect(received).toMatchObject([
      { tipId: hidden, name: null, amount: 1_000, message: 'psst' },
      { tipId: named, name: 'Ana', amount: 1_000, netAmount: 900, currency: 'eur', message: 'hi' },
    ])
    expect(JSON.stringify(received)).not.toContain(ben.id)
    expect(JSON.stringify(received)).not.toContain('Ben')
    expect(await ana.call('received_tips')).toEqual([])
    expect(await refused(anon.call('received_tips'))).toBe('42501')
  })

  it('come fifty at once, none twice and none left out', async () => {
    await sql`
      insert into tips (id, session_id, dj_id, tipper_id, amount, currency, fee_amount, is_anonymous, shows_amount,
        destination, livemode, status, paid_at)
      select gen_random_uuid(), ${party.id}, ${dj.id}, ${ana.id}, 1000, 'eur', 0, false, true, 'acct_x', false, 'paid',
        now() - (n / 60) * interval '1 second' from generate_series(1, 120) n`
    const seen: string[] = []
    for (let page = 0; page < 4; page++) {
      const rows = await dj.call<{ tipId: string }[]>('received_tips', {
        p_before_tip_id: seen.at(-1) ?? null,
      })
      seen.push(...rows.map(({ tipId }) => tipId))
    }
    expect([seen.length, new Set(seen).size]).toEqual([120, 120])
    // By hand, without entries in the books: they go, or the books would not fit.
    await sql`delete from tips where dj_id = ${dj.id}`
  })

  it('have no words of whom the DJ blocks', async () => {
    await paidTip(party, ana, { p_message: 'hi' })
    await dj.call('block', { p_user_id: ana.id, p_blocked: true })
    expect(await dj.call('received_tips')).toMatchObject([{ name: 'Ana', message: null }])
  })

  it('keep the words of who is anonymous, whomever the DJ blocks: nobody is found out by blocking', async () => {
    const tipId = await paidTip(party, ana, { p_is_anonymous: true, p_message: 'guess who' })
    for (const who of [dj, cem]) await who.call('block', { p_user_id: ana.id, p_blocked: true })
    expect(await dj.call('received_tips')).toMatchObject([{ tipId, name: null, message: 'guess who' }])
    for (const who of [dj, cem]) {
      expect((await party.snapshot(who)).tips).toMatchObject([{ tipId, giverId: null, message: 'guess who' }])
      const { items } = await who.call<{ items: { payload: object }[] }>('events_after', {
        p_session_id: party.id,
        p_after: 0,
      })
      expect(items.map(({ payload }) => payload)).toContainEqual(
        expect.objectContaining({ tipId, giverId: null, message: 'guess who' }),
      )
    }
  })

  it('say that a refund failed, for as long as what it took from the DJ reached nobody', async () => {
    const tipId = await paidTip(party, ana, {}, givenBack(1_000))
    const failed = refundsOf(1_000).map((refund) => ({ ...refund, hasFailed: true }))
    const told = () => dj.call('received_tips')
    expect(await told()).toMatchObject([{ refundedAmount: 1_000, hasFailedRefund: false }])
    await applyFacts({ tipId, refunds: failed })
    expect(await told()).toMatchObject([{ refundedAmount: 0, netAmount: 0, hasFailedRefund: true }])
    await applyFacts({ tipId, refunds: [{ id: 're_again', amount: 1_000, hasFailed: false }] })
    expect(await told()).toMatchObject([{ refundedAmount: 1_000, hasFailedRefund: false }])
  })

  it('adds up to what the books say', async () => {
    const kept = await paidTip(party, ana, { p_amount: 1_999 })
    const partly = await paidTip(party, ben, {}, givenBack(400))
    await paidTip(party, ben, { p_currency: 'jpy', p_amount: 555 })
    await beginTip(party, cem)
    expect(await dj.call('dj_tip_totals')).toEqual([
      { currency: 'eur', livemode: false, tips: 2, amount: 2_999, fees: 259, refunds: 400, net: 2_340 },
      { currency: 'jpy', livemode: false, tips: 1, amount: 555, fees: 55, refunds: 0, net: 500 },
    ])
    const books = [await balances(kept), await balances(partly)].map((b) => b['dj eur'] ?? 0)
    expect(books.reduce((sum, amount) => sum + amount, 0)).toBe(2_340)
    expect(await ana.call('dj_tip_totals')).toEqual([])
  })
})

describe('somebody who tipped and leaves', () => {
  it('is in the books and in the log as nobody, and is not named when a payment comes later', async () => {
    const done = await paidTip(party, ana, { p_message: 'bye' })
    const later = await beginTip(party, ana, { p_message: 'soon' })
    await sql`delete from auth.users where id = ${ana.id}`
    await applyFacts(await paidFacts(later))
    const rows = await sql`select tipper_id, message, status from tips where id in ${sql([done, later])}`
    expect(rows).toEqual(Array(2).fill({ tipper_id: null, message: null, status: 'paid' }))
    expect(await heardTips(party.id)).toMatchObject([
      { tipId: done, name: null, message: null, amount: 1_000 },
      { tipId: later, name: null, message: null, amount: 1_000 },
    ])
    for (const tipId of [done, later])
      expect(await balances(tipId)).toEqual({ 'dj eur': 900, 'listeners eur': -1_000, 'platform eur': 100 })
    expect((await tips(ben)).top).toEqual([])
    expect(await dj.call('dj_tip_totals')).toMatchObject([{ tips: 2, net: 1_800 }])
  })

  it('at the moment of the payment leaves no name either', async () => {
    const tipId = await beginTip(party, ana, { p_message: 'wait' })
    const facts = await paidFacts(tipId)
    const leave = () => sql`delete from auth.users where id = ${ana.id}`
    let leaving: ReturnType<typeof leave> | undefined
    await service.transaction(async (tx) => {
      await tx`select public.apply_tip_facts(false, ${tx.json(facts)})`
      leaving = leave().execute()
      await new Promise((settle) => setTimeout(settle, 200))
    })
    await leaving
    expect(await heardTips(party.id)).toMatchObject([{ tipId, name: null, message: null, amount: 1_000 }])
    expect(await sql`select tipper_id, message from tips where id = ${tipId}`).toEqual([
      { tipper_id: null, message: null },
    ])
  })
})

describe('a DJ who was tipped and leaves', () => {
  it('takes the account and the sessions along; what was paid stays', async () => {
    const tipId = await paidTip(party, ana)
    await sql`delete from auth.users where id = ${dj.id}`
    const [tip] = await sql`select dj_id, session_id, tipper_id, status from tips where id = ${tipId}`
    expect(tip).toEqual({ dj_id: null, session_id: null, tipper_id: ana.id, status: 'paid' })
    expect(await sql`select from dj_payment_accounts where user_id = ${dj.id}`).toEqual([])
    // It can still be given back.
    await applyFacts({ ...(await paidFacts(tipId)), ...givenBack(1_000) })
    expect(await balances(tipId)).toEqual({})
  })
})
