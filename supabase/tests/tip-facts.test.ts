import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import type { JSONValue } from 'postgres'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Envelope } from '#lib/protocol/envelope.ts'
import {
  applyFacts,
  balances,
  beginTip,
  causes,
  dispute,
  givenBack,
  heardTips,
  paidFacts,
  paidTip,
  payable,
  refundsOf,
  type TipFacts,
} from './money.ts'
import { type Actor, anon, person, refusal, refused, service, sql } from './people.ts'
import { type Room, room } from './rooms.ts'

let dj: Actor
let ana: Actor
let party: Room

beforeEach(async () => {
  ;[dj, ana] = await Promise.all([person('DJ Sol'), person('Ana')])
  party = await room(dj, [ana])
  await payable(dj)
})

const paid = { 'dj eur': 900, 'listeners eur': -1_000, 'platform eur': 100 }
const begun = () => beginTip(party, ana)
const event = () => ({ eventId: `evt_${randomUUID()}` })
/** How a tip stands, without its times. */
const standing = async (tipId: string) =>
  (
    await sql`
      select status, dispute, refunded_amount::int as refunded, fee_refunded_amount::int as "feeRefunded",
        stripe_fee_amount::int as "stripeFee", checkout_id as checkout, payment_intent_id as intent, charge_id as charge
      from tips where id = ${tipId}`
  )[0]
const discrepancies = (tipId: string) =>
  sql`select fields, times, facts from private.tip_discrepancies where tip_id = ${tipId}`

describe('a payment', () => {
  it('counts once the provider says that it was paid, and moves money in the books', async () => {
    const tipId = await begun()
    const facts = await paidFacts(tipId)
    await applyFacts({ ...facts, checkoutStatus: 'open', paymentStatus: 'unpaid', chargeId: 'ch_declined' })
    expect(await standing(tipId)).toMatchObject({ status: 'open', charge: null })
    // Complete, but not paid: a way to pay that takes days.
    await applyFacts({ ...facts, paymentStatus: 'unpaid' })
    expect(await standing(tipId)).toMatchObject({ status: 'open' })
    expect(await balances(tipId)).toEqual({})
    expect(await heardTips(party.id)).toEqual([])
    expect(await applyFacts(facts)).toMatchObject({
      outcome: 'applied',
      tipId,
      status: 'paid',
      dispute: 'none',
    })
    expect(await balances(tipId)).toEqual(paid)
    expect(await applyFacts(facts)).toMatchObject({ outcome: 'unchanged', status: 'paid' })
    expect(await causes(tipId)).toEqual(['paid'])
  })

  it('is heard by the room, once, as an event of nobody', async () => {
    const tipId = await beginTip(party, ana, { p_message: 'Great set' })
    const { seq } = await party.snapshot(ana)
    const answer = await applyFacts(await paidFacts(tipId), event())
    await applyFacts(await paidFacts(tipId), event())
    const payload = {
      tipId,
      giverId: ana.id,
      name: 'Ana',
      amount: 1_000,
      currency: 'eur',
      message: 'Great set',
      at: expect.any(Number),
    }
    expect(await heardTips(party.id)).toEqual([payload])
    expect(answer.envelope).toMatchObject({
      from: seq,
      to: seq + 1,
      items: [{ seq: seq + 1, kind: 'tip.received', by: null, commandId: null, payload }],
    })
    const sent = await sql`
      select from realtime.messages
      where topic = ${`session:${party.id}`} and payload @> '{"items": [{"kind": "tip.received"}]}'`
    expect(sent).toHaveLength(1)
  })

  it.each([
    ['without a name', { p_is_anonymous: true }, { name: null, amount: 1_000 }],
    ['without its amount', { p_shows_amount: false }, { name: 'Ana', amount: null, currency: null }],
    ['without words', { p_message: null }, { message: null }],
  ])('is heard %s where its person wants it so', async (_, args, expected) => {
    const tipId = await beginTip(party, ana, { p_message: 'Great set', ...args })
    const answer = await applyFacts(await paidFacts(tipId))
    expect(await heardTips(party.id)).toMatchObject([expected])
    // Her id goes with her name.
    const told = JSON.stringify([await heardTips(party.id), answer])
    expect(told.includes(ana.id)).toBe(!('p_is_anonymous' in args))
  })

  it('of somebody who was banned since is not named and says nothing; of who was muted, says nothing', async () => {
    const tips = [
      await beginTip(party, ana, { p_message: 'one' }),
      await beginTip(party, ana, { p_message: 'two' }),
    ]
    await dj.call('mute_member', { p_session_id: party.id, p_user_id: ana.id, p_minutes: 10 })
    await applyFacts(await paidFacts(tips[0] ?? ''))
    await dj.call('ban_member', { p_session_id: party.id, p_user_id: ana.id })
    await applyFacts(await paidFacts(tips[1] ?? ''))
    expect(await heardTips(party.id)).toMatchObject([
      { name: 'Ana', message: null, amount: 1_000 },
      { giverId: null, name: null, message: null, amount: 1_000 },
    ])
  })

  it('counts also when the session has ended, or is gone with its DJ: only nobody hears of it', async () => {
    const tips = [await begun(), await begun()]
    await party.command(dj, 'end_session')
    await applyFacts(await paidFacts(tips[0] ?? ''))
    expect(await heardTips(party.id)).toEqual([])
    await sql`delete from auth.users where id = ${dj.id}`
    expect(await applyFacts(await paidFacts(tips[1] ?? ''))).toMatchObject({
      outcome: 'applied',
      sessionId: null,
      status: 'paid',
    })
    for (const tipId of tips) expect(await balances(tipId)).toEqual(paid)
  })

  it('is applied by the server alone', async () => {
    const facts = await paidFacts(await begun())
    for (const who of [ana, dj, anon])
      expect(await refused(who.call('apply_tip_facts', { p_livemode: false, p_facts: facts }))).toBe('42501')
    expect(await refusal(service.call('apply_tip_facts', { p_livemode: false, p_facts: {} }))).toMatchObject({
      code: 'invalid_input',
    })
  })
})

describe('facts that cannot be true of the tip', () => {
  it.each<[string, string, Record<string, JSONValue>]>([
    ['another amount (attack 26)', 'amount', { amount: 100 }],
    ['a hundred times the amount (attack 27)', 'amount', { amount: 100_000 }],
    ['no amount', 'amount', { amount: null }],
    ['another currency (attack 27)', 'currency', { currency: 'jpy' }],
    ['no currency', 'currency', { currency: null }],
    ['another recipient (attack 28)', 'destination', { destination: 'acct_eve' }],
    ['no recipient', 'destination', { destination: null }],
    ['another fee', 'feeAmount', { feeAmount: 0 }],
    ['more given back than was paid', 'refunds', { refunds: refundsOf(1_001) }],
    ['less than nothing given back', 'refunds', { refunds: [{ id: 're_1', amount: -1, hasFailed: false }] }],
    ['a dispute in another currency', 'disputes', { disputes: [{ ...dispute('open'), currency: 'jpy' }] }],
    ['a dispute about less than nothing', 'disputes', { disputes: [dispute('open', -1)] }],
    ['more of the fee given back than there was', 'feeRefundedAmount', { feeRefundedAmount: 101 }],
    ['more taken back than was sent on', 'transferReversedAmount', { transferReversedAmount: 1_001 }],
    ['another page', 'checkoutId', { checkoutId: 'cs_other' }],
  ])('as %s change nothing, and are written down', async (_, field, wrong) => {
    const tipId = await begun()
    const facts = await paidFacts(tipId)
    await service.call('tip_opened', { p_tip_id: tipId, p_checkout_id: facts.checkoutId })
    const before = await standing(tipId)
    const refusedFacts = { ...facts, ...wrong }
    const answer = { outcome: 'refused', code: 'tip_mismatch', fields: [field] }
    expect(await applyFacts(refusedFacts, event())).toEqual(answer)
    expect(await applyFacts(refusedFacts)).toEqual(answer)
    expect(await standing(tipId)).toEqual(before)
    expect(await balances(tipId)).toEqual({})
    expect(await discrepancies(tipId)).toMatchObject([{ fields: [field], times: 2, facts: refusedFacts }])
  })

  it('are not those of a page that nobody paid: they say nothing of the tip', async () => {
    const tipId = await paidTip(party, ana)
    const orphan = { tipId, checkoutId: 'cs_orphan', checkoutStatus: 'expired', paymentStatus: 'unpaid' }
    expect(await applyFacts(orphan, event())).toEqual({ outcome: 'ignored' })
    expect(await discrepancies(tipId)).toEqual([])
    const open = await begun()
    await service.call('tip_opened', { p_tip_id: open, p_checkout_id: `cs_${open}` })
    expect(await applyFacts({ ...orphan, tipId: open })).toEqual({ outcome: 'ignored' })
    expect(await standing(open)).toMatchObject({ status: 'open' })
  })

  it('are those of a test event about a tip in live mode, and the other way round (attack 33)', async () => {
    const tipId = await begun()
    expect(await applyFacts(await paidFacts(tipId), { livemode: true })).toMatchObject({
      fields: ['livemode'],
    })
    await payable(dj, { livemode: true })
    const live = await begun()
    expect(await applyFacts(await paidFacts(live), event())).toMatchObject({ fields: ['livemode'] })
    expect(await standing(live)).toMatchObject({ status: 'begun' })
    expect(await applyFacts(await paidFacts(live), { livemode: true })).toMatchObject({ outcome: 'applied' })
  })

  it('are those of another tip’s payment', async () => {
    const [first, second] = [await begun(), await begun()]
    const facts = await paidFacts(first)
    await applyFacts(facts)
    expect(await applyFacts({ ...facts, tipId: second })).toMatchObject({
      outcome: 'refused',
      fields: ['checkoutId', 'paymentIntentId', 'chargeId'],
    })
    expect(await standing(second)).toMatchObject({ status: 'begun' })
  })

  it('may be about no tip of ours', async () => {
    const facts = { ...(await paidFacts(await begun())), tipId: randomUUID() }
    expect(await applyFacts(facts, event())).toMatchObject({ outcome: 'refused', fields: ['tipId'] })
    expect(await discrepancies(facts.tipId)).toMatchObject([{ times: 1 }])
  })
})

describe('an event', () => {
  it('that comes again changes nothing (attack 31)', async () => {
    const tipId = await begun()
    const facts = await paidFacts(tipId)
    const same = event()
    expect(await applyFacts(facts, same)).toMatchObject({ outcome: 'applied' })
    expect(await applyFacts({ ...facts, refunds: refundsOf(1_000) }, same)).toEqual({ outcome: 'repeated' })
    expect(await standing(tipId)).toMatchObject({ status: 'paid', refunded: 0 })
    expect(await causes(tipId)).toEqual(['paid'])
    expect(await heardTips(party.id)).toHaveLength(1)
  })

  it('that failed half-way is not remembered', async () => {
    const facts = await paidFacts(await begun())
    const same = event()
    expect(
      await refused(applyFacts({ ...facts, disputes: [{ ...dispute('open'), status: 'perhaps' }] }, same)),
    ).toBe('22P02')
    expect(await applyFacts(facts, same)).toMatchObject({ outcome: 'applied' })
  })
})

describe('giving back', () => {
  it('takes from the DJ and from the platform what each had, as often as it happens', async () => {
    const tipId = await paidTip(party, ana)
    const facts = await paidFacts(tipId)
    await applyFacts({ ...facts, ...givenBack(400) })
    expect(await standing(tipId)).toMatchObject({ status: 'partly_refunded', refunded: 400 })
    expect(await balances(tipId)).toEqual({ 'dj eur': 540, 'listeners eur': -600, 'platform eur': 60 })
    // An older look-up that comes late gives nothing back again.
    await applyFacts(facts)
    expect(await standing(tipId)).toMatchObject({ status: 'partly_refunded', refunded: 400 })
    await applyFacts({ ...facts, ...givenBack(1_000) })
    expect(await standing(tipId)).toMatchObject({ status: 'refunded', refunded: 1_000 })
    expect(await balances(tipId)).toEqual({})
    expect(await causes(tipId)).toEqual(['paid', 'refunded', 'refunded'])
  })

  it('may be the platform’s to pay, which may take it back later, and give its fee back or not', async () => {
    const tipId = await paidTip(party, ana)
    const facts = await paidFacts(tipId)
    await applyFacts({ ...facts, refunds: refundsOf(400) })
    expect(await balances(tipId)).toEqual({ 'dj eur': 900, 'listeners eur': -600, 'platform eur': -300 })
    await applyFacts({ ...facts, refunds: refundsOf(400), transferReversedAmount: 300 })
    expect(await balances(tipId)).toEqual({ 'dj eur': 600, 'listeners eur': -600 })
    await applyFacts({ ...facts, ...givenBack(400), transferReversedAmount: 300 })
    expect(await balances(tipId)).toEqual({ 'dj eur': 640, 'listeners eur': -600, 'platform eur': -40 })
    expect(await causes(tipId)).toEqual(['paid', 'refunded', 'refunded', 'refunded'])
    const { mismatches } = await service.call<{ mismatches: string[] }>('ledger_summary')
    expect(mismatches).not.toContain(tipId)
  })

  it('that is heard of before the payment waits for it (attack 32)', async () => {
    const tipId = await begun()
    const facts = await paidFacts(tipId)
    await applyFacts({ tipId, ...givenBack(400) }, event())
    expect(await standing(tipId)).toMatchObject({ status: 'begun', refunded: 400 })
    expect(await balances(tipId)).toEqual({})
    await applyFacts(facts, event())
    expect(await standing(tipId)).toMatchObject({ status: 'partly_refunded', refunded: 400 })
    expect(await balances(tipId)).toEqual({ 'dj eur': 540, 'listeners eur': -600, 'platform eur': 60 })
    expect(await causes(tipId)).toEqual(['paid', 'refunded'])
  })

  it('that fails later leaves the tip as it was for its giver, and the DJ’s share with the platform', async () => {
    const tipId = await paidTip(party, ana, {}, givenBack(1_000))
    const facts = await paidFacts(tipId)
    const firstFailed = refundsOf(1_000).map((refund, n) => ({ ...refund, hasFailed: n === 0 }))
    await applyFacts({ ...facts, refunds: firstFailed })
    expect(await standing(tipId)).toMatchObject({ status: 'partly_refunded', refunded: 900 })
    expect(await balances(tipId)).toEqual({ 'listeners eur': -100, 'platform eur': 100 })
    const allFailed = refundsOf(1_000).map((refund) => ({ ...refund, hasFailed: true }))
    await applyFacts({ ...facts, refunds: allFailed })
    expect(await standing(tipId)).toMatchObject({ status: 'paid', refunded: 0, feeRefunded: 100 })
    expect(await balances(tipId)).toEqual({ 'listeners eur': -1_000, 'platform eur': 1_000 })
    // An older look-up does not let it succeed again.
    await applyFacts({ ...facts, ...givenBack(1_000) })
    expect(await standing(tipId)).toMatchObject({ status: 'paid', refunded: 0 })
    // Another one does what that one should have done.
    await applyFacts({
      ...facts,
      refunds: [...allFailed, { id: 're_again', amount: 1_000, hasFailed: false }],
    })
    expect(await standing(tipId)).toMatchObject({ status: 'refunded', refunded: 1_000 })
    expect(await balances(tipId)).toEqual({})
    expect(await causes(tipId)).toEqual(['paid', 'refunded', 'refund_failed', 'refund_failed', 'refunded'])
    const { mismatches } = await service.call<{ mismatches: string[] }>('ledger_summary')
    expect(mismatches).not.toContain(tipId)
  })

  it('of all of it before the payment is heard of tells the room of no tip', async () => {
    const tipId = await begun()
    await applyFacts({ ...(await paidFacts(tipId)), ...givenBack(1_000) })
    expect(await standing(tipId)).toMatchObject({ status: 'refunded' })
    expect(await heardTips(party.id)).toEqual([])
  })
})

describe('a dispute', () => {
  it('takes the tip from the platform until it is won', async () => {
    const tipId = await paidTip(party, ana)
    const facts = await paidFacts(tipId)
    await applyFacts({ ...facts, disputes: [dispute('open')] })
    expect(await balances(tipId)).toEqual({ ...paid, 'platform eur': -900, 'disputes eur': 1_000 })
    await applyFacts({ ...facts, disputes: [dispute('won')] })
    expect(await balances(tipId)).toEqual(paid)
    // It does not open again.
    await applyFacts({ ...facts, disputes: [dispute('open')] })
    expect(await standing(tipId)).toMatchObject({ status: 'paid', dispute: 'won' })
    expect(await causes(tipId)).toEqual(['paid', 'dispute_opened', 'dispute_won'])
  })

  it('that is lost gives back to the listener what was left', async () => {
    const tipId = await paidTip(party, ana, {}, givenBack(400))
    await applyFacts({ tipId, disputes: [dispute('lost', 600)] })
    expect(await balances(tipId)).toEqual({ 'dj eur': 540, 'platform eur': -540 })
    expect(await causes(tipId)).toEqual(['paid', 'refunded', 'dispute_opened', 'dispute_lost'])
  })

  it('about a part takes that part and no more', async () => {
    const tipId = await paidTip(party, ana, {}, { disputes: [dispute('open', 250)] })
    expect(await balances(tipId)).toEqual({ ...paid, 'platform eur': -150, 'disputes eur': 250 })
    await applyFacts({ tipId, disputes: [dispute('lost', 250)] })
    expect(await balances(tipId)).toEqual({ 'dj eur': 900, 'listeners eur': -750, 'platform eur': -150 })
  })

  it('about what was given back already takes it a second time', async () => {
    const tipId = await paidTip(party, ana, {}, givenBack(1_000))
    await applyFacts({ tipId, disputes: [dispute('lost')] })
    expect(await standing(tipId)).toMatchObject({ status: 'refunded', dispute: 'lost' })
    expect(await balances(tipId)).toEqual({ 'listeners eur': 1_000, 'platform eur': -1_000 })
  })

  it('that follows one that was won is open, and takes the money again', async () => {
    const tipId = await paidTip(party, ana, {}, { disputes: [dispute('won')] })
    expect(await standing(tipId)).toMatchObject({ dispute: 'won' })
    const second = [dispute('won'), dispute('open', 700, 'du_2')]
    await applyFacts({ tipId, disputes: second })
    expect(await standing(tipId)).toMatchObject({ dispute: 'open' })
    expect(await balances(tipId)).toEqual({ ...paid, 'platform eur': -600, 'disputes eur': 700 })
    // An older look-up knows of the first alone.
    await applyFacts({ tipId, disputes: [dispute('open')] })
    expect(await standing(tipId)).toMatchObject({ dispute: 'open' })
    await applyFacts({ tipId, disputes: [dispute('won'), dispute('lost', 700, 'du_2')] })
    expect(await standing(tipId)).toMatchObject({ dispute: 'lost' })
    expect(await balances(tipId)).toEqual({ 'dj eur': 900, 'listeners eur': -300, 'platform eur': -600 })
    expect(await causes(tipId)).toEqual([
      ...['paid', 'dispute_opened', 'dispute_won'],
      ...['dispute_opened', 'dispute_lost'],
    ])
  })

  it('that was posted before each had its amount is taken to be about what was left, until it says', async () => {
    const tipId = await paidTip(party, ana, {}, { disputes: [dispute('open')] })
    await sql`delete from private.tip_disputes where tip_id = ${tipId}`
    await applyFacts({ tipId, disputes: [] })
    expect(await standing(tipId)).toMatchObject({ dispute: 'open' })
    await applyFacts({ tipId, disputes: [dispute('open', 300)] })
    expect(await balances(tipId)).toEqual({ ...paid, 'platform eur': -200, 'disputes eur': 300 })
  })
})

describe('the fee for a dispute', () => {
  const lostTip = { 'dj eur': 900, 'platform eur': -900 }

  it('is the platform’s to pay, once, however the dispute ends', async () => {
    const tipId = await paidTip(party, ana, {}, { disputes: [dispute('open', 1_000, 'du_1', [1_500])] })
    expect(await balances(tipId)).toEqual({
      ...paid,
      ...{ 'platform eur': -900 - 1_500, 'disputes eur': 1_000, 'stripe_fees eur': 1_500 },
    })
    for (let times = 0; times < 2; times++)
      await applyFacts({ tipId, disputes: [dispute('lost', 1_000, 'du_1', [1_500])] })
    expect(await balances(tipId)).toEqual({
      ...lostTip,
      ...{ 'platform eur': -900 - 1_500, 'stripe_fees eur': 1_500 },
    })
    expect(await causes(tipId)).toEqual(['paid', 'dispute_opened', 'dispute_fee', 'dispute_lost'])
  })

  it('may come back where the dispute is won, as much of it as the provider says', async () => {
    const tipId = await paidTip(party, ana)
    await applyFacts({ tipId, disputes: [dispute('won', 1_000, 'du_1', [1_500, -1_500])] })
    expect(await balances(tipId)).toEqual(paid)
    expect(await causes(tipId)).toEqual([
      ...['paid', 'dispute_opened', 'dispute_won', 'dispute_fee', 'dispute_fee_returned'],
    ])
    // An older look-up does not charge it again.
    await applyFacts({ tipId, disputes: [dispute('open', 1_000, 'du_1', [1_500])] })
    expect(await balances(tipId)).toEqual(paid)
    // Of a second one none does.
    const both = [dispute('won', 1_000, 'du_1', [1_500, -1_500]), dispute('won', 1_000, 'du_2', [2_000])]
    await applyFacts({ tipId, disputes: both })
    expect(await balances(tipId)).toEqual({ ...paid, 'platform eur': -1_900, 'stripe_fees eur': 2_000 })
    const { mismatches } = await service.call<{ mismatches: string[] }>('ledger_summary')
    expect(mismatches).not.toContain(tipId)
  })

  it('is in the currency in which the platform settles', async () => {
    const tipId = await paidTip(party, ana)
    const inDollars = { ...dispute('lost'), fees: [{ amount: 1_500, currency: 'usd' }] }
    await applyFacts({ tipId, disputes: [inDollars] })
    expect(await balances(tipId)).toEqual({ ...lostTip, 'platform usd': -1_500, 'stripe_fees usd': 1_500 })
    // Of one tip in one: whatever else is said is for people to look at.
    const inEuros = dispute('open', 1_000, 'du_2', [1_500])
    expect(await applyFacts({ tipId, disputes: [inDollars, inEuros] })).toMatchObject({
      fields: ['disputes'],
    })
    expect(await applyFacts({ tipId, disputes: [inEuros] })).toMatchObject({ fields: ['disputes'] })
  })

  it('that was not known when its dispute was kept is posted by the next look-up', async () => {
    const tipId = await paidTip(party, ana, {}, { disputes: [dispute('lost')] })
    await applyFacts({ tipId, disputes: [dispute('lost', 1_000, 'du_1', [1_500])] })
    expect(await causes(tipId)).toEqual(['paid', 'dispute_opened', 'dispute_lost', 'dispute_fee'])
  })
})

describe('what the provider keeps', () => {
  it('is the platform’s to pay, in the currency in which it settles', async () => {
    const [same, other] = [await begun(), await begun()]
    await applyFacts({ ...(await paidFacts(same)), stripeFeeAmount: 55 })
    expect(await balances(same)).toEqual({ ...paid, 'platform eur': 45, 'stripe_fees eur': 55 })
    await applyFacts({ ...(await paidFacts(other)), stripeFeeAmount: 60, stripeFeeCurrency: 'usd' })
    expect(await balances(other)).toEqual({ ...paid, 'platform usd': -60, 'stripe_fees usd': 60 })
  })
})

describe('in every order', () => {
  /** What happens to one tip at the provider, as look-ups at different moments found it. */
  const storyOf = (paidAlready: TipFacts): TipFacts[] => {
    const { tipId } = paidAlready
    return [
      { tipId, checkoutId: paidAlready.checkoutId ?? null, checkoutStatus: 'open', paymentStatus: 'unpaid' },
      { tipId, checkoutStatus: 'expired' },
      { tipId, failed: true },
      paidAlready,
      { ...paidAlready, stripeFeeAmount: 55 },
      { tipId, refunds: refundsOf(100) },
      { tipId, refunds: refundsOf(400), feeRefundedAmount: 10 },
      { tipId, refunds: [{ id: 're_failed', amount: 50, hasFailed: false }] },
      { tipId, refunds: [{ id: 're_failed', amount: 50, hasFailed: true }] },
      { ...paidAlready, ...givenBack(400) },
      { tipId, disputes: [dispute('open', 200)] },
      { tipId, disputes: [dispute('open', 200, 'du_1', [20])] },
      { tipId, disputes: [dispute('won', 200, 'du_1', [20, -20]), dispute('open', 300, 'du_2', [30])] },
      {
        ...{ ...paidAlready, ...givenBack(700) },
        disputes: [dispute('won', 200, 'du_1', [20, -20]), dispute('lost', 300, 'du_2', [30])],
      },
      { ...paidAlready, amount: 1 },
    ]
  }
  /** A tip without the command, whose limits are others' concern here. */
  const newTip = async () => {
    const [tip] = await sql`
      insert into tips (id, session_id, dj_id, tipper_id, amount, currency, fee_amount, is_anonymous, shows_amount,
        destination, livemode)
      values (gen_random_uuid(), ${party.id}, ${dj.id}, ${ana.id}, 1000, 'eur', 100, false, true, 'acct_x', false)
      returning id`
    return tip?.id as string
  }
  const eventsOf = async (tipId: string) =>
    (await heardTips(party.id)).filter((payload) => payload.tipId === tipId).length

  it('late, twice and mixed up, a tip ends the same, with balanced books after each step', async () => {
    const length = storyOf({ tipId: '' }).length
    // Every step once, some of them again, in any order; a repeat comes as the same event or as another one.
    const orders = fc
      .array(fc.nat(length - 1), { maxLength: 5 })
      .chain((again) => {
        const steps = [...Array(length).keys(), ...again]
        return fc.shuffledSubarray(steps, { minLength: steps.length })
      })
      .chain((steps) =>
        fc.record({
          steps: fc.constant(steps),
          sameEvent: fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
        }),
      )
    await fc.assert(
      fc.asyncProperty(orders, async ({ steps, sameEvent }) => {
        const tipId = await newTip()
        const story = storyOf(await paidFacts(tipId))
        for (const [index, step] of steps.entries()) {
          const facts = story[step]
          if (!facts) throw new Error('no such step')
          await applyFacts(facts, {
            eventId: sameEvent[step] ? `evt_${tipId}_${step}` : `evt_${tipId}_${step}_${index}`,
          })
          const [unbalanced] = await sql`
            select 1 from private.ledger_entries e join private.ledger_transactions t on t.id = e.transaction_id
            where t.tip_id = ${tipId} group by t.id, e.currency having sum(e.amount) <> 0`
          expect(unbalanced).toBeUndefined()
          const { mismatches } = await service.call<{ mismatches: string[] }>('ledger_summary')
          expect(mismatches).not.toContain(tipId)
        }
        expect(await standing(tipId)).toEqual({
          status: 'partly_refunded',
          dispute: 'lost',
          refunded: 700,
          feeRefunded: 70,
          stripeFee: 55,
          checkout: `cs_${tipId}`,
          intent: `pi_${tipId}`,
          charge: `ch_${tipId}`,
        })
        expect(await balances(tipId)).toEqual({ 'dj eur': 270, 'platform eur': -355, 'stripe_fees eur': 85 })
        expect(await eventsOf(tipId)).toBe(1)
      }),
      { numRuns: 25 },
    )
  }, 120_000)

  it('and at the same moment, on two connections, everything counts once', async () => {
    for (let round = 0; round < 5; round++) {
      const tipId = await newTip()
      const facts = await paidFacts(tipId)
      const same = event()
      const answers = await Promise.all([
        applyFacts(facts, same),
        applyFacts({ ...facts, ...givenBack(400) }, event()),
        applyFacts(facts, same),
        applyFacts({ ...facts, disputes: [dispute('open', 600)] }),
        applyFacts({ ...facts, stripeFeeAmount: 55 }),
      ])
      expect(answers.filter(({ outcome }) => outcome === 'repeated')).toHaveLength(1)
      const told = answers.flatMap(({ envelope }) => (envelope as Envelope | undefined)?.items ?? [])
      expect(told.map(({ kind }) => kind)).toEqual(['tip.received'])
      expect(await standing(tipId)).toMatchObject({
        status: 'partly_refunded',
        dispute: 'open',
        refunded: 400,
      })
      expect(await balances(tipId)).toEqual({
        'dj eur': 540,
        'disputes eur': 600,
        'listeners eur': -600,
        'platform eur': -595,
        'stripe_fees eur': 55,
      })
      expect(await eventsOf(tipId)).toBe(1)
      expect((await causes(tipId)).filter((cause) => cause === 'paid')).toHaveLength(1)
    }
  })

  it('one waits for the other, and does its work where that one failed', async () => {
    const tipId = await newTip()
    const facts = await paidFacts(tipId)
    const same = event()
    let second: ReturnType<typeof applyFacts> | undefined
    const rolledBack = service.transaction(async (tx) => {
      await tx`select public.apply_tip_facts(false, ${tx.json(facts)}, ${same.eventId}, 'x')`
      second = applyFacts(facts, same)
      const early = await Promise.race([second, new Promise((settle) => setTimeout(settle, 200, 'waiting'))])
      expect(early).toBe('waiting')
      throw new Error('rolled back')
    })
    await expect(rolledBack).rejects.toThrow('rolled back')
    expect(await second).toMatchObject({ outcome: 'applied', status: 'paid' })
    expect(await causes(tipId)).toEqual(['paid'])
  })
})
