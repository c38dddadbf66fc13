import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { decimalsOf } from '#lib/domain/tips/decimals.ts'
import { checkAmount } from '#lib/test-payments/payments/currencies.ts'
import { beginTip, paidTip, payable } from './money.ts'
import { type Actor, anon, person, refusal, refused, service, sql } from './people.ts'
import { type Room, room } from './rooms.ts'

let dj: Actor
let ana: Actor
let ben: Actor
let party: Room
let account: string

beforeEach(async () => {
  ;[dj, ana, ben] = await Promise.all([person('DJ Sol'), person('Ana'), person('Ben', { guest: true })])
  party = await room(dj, [ana, ben])
  account = await payable(dj)
})

const tip = (who: Actor, args: Record<string, unknown> = {}, commandId?: string) =>
  beginTip(party, who, args, commandId)
const toOpen = (tipId: string) => service.call('tip_to_open', { p_tip_id: tipId })
const opened = (tipId: string, checkoutId: string) =>
  service.call('tip_opened', { p_tip_id: tipId, p_checkout_id: checkoutId })
const row = async (tipId: string) => (await sql`select * from tips where id = ${tipId}`)[0]

describe('beginning a tip', () => {
  it('is for everybody in the session, guests too, and decides what is to be paid to whom', async () => {
    const tipId = await tip(ben, { p_message: ' Great set ', p_amount: 1_999 })
    expect(await row(tipId)).toMatchObject({
      status: 'begun',
      session_id: party.id,
      dj_id: dj.id,
      tipper_id: ben.id,
      amount: '1999',
      currency: 'eur',
      fee_amount: '199',
      destination: account,
      livemode: false,
      message: 'Great set',
      is_anonymous: false,
      shows_amount: true,
    })
    expect(await toOpen(tipId)).toEqual({
      tipId,
      amount: 1_999,
      currency: 'eur',
      feeAmount: 199,
      destination: account,
      livemode: false,
      checkoutId: null,
      djName: 'DJ Sol',
      sessionSlug: party.slug,
    })
  })

  it('tells the room nothing: nothing was paid', async () => {
    const { seq } = await party.snapshot(ana)
    const sent = (await party.sent()).length
    await tip(ana)
    expect((await party.snapshot(ana)).seq).toBe(seq)
    expect(await party.sent()).toHaveLength(sent)
  })

  it('is one tip, however often it is repeated, and no other one under its id', async () => {
    const commandId = randomUUID()
    const answers = await Promise.all(Array.from({ length: 20 }, () => tip(ana, {}, commandId)))
    expect(new Set(answers).size).toBe(1)
    expect(await sql`select from tips where session_id = ${party.id}`).toHaveLength(1)
    for (const other of [
      { p_amount: 2_000 },
      { p_currency: 'usd' },
      { p_message: 'hi' },
      { p_is_anonymous: true },
      { p_shows_amount: false },
    ])
      expect(await refused(tip(ana, other, commandId))).toBe('command_conflict')
    expect(await refused(tip(ben, {}, commandId))).toBe('command_conflict')
    await sql`delete from private.session_commands where command_id = ${commandId}`
    expect(await refused(tip(ana, {}, commandId))).toBe('command_conflict')
  })

  it.each([
    ['less than the currency’s least', 'amount', { p_amount: 299 }],
    ['more than its most', 'amount', { p_amount: 20_001 }],
    ['nothing', 'amount', { p_amount: 0 }],
    ['a negative amount', 'amount', { p_amount: -1_000 }],
    ['no amount', 'amount', { p_amount: null }],
    ['yen as if they had cents (attack 27)', 'amount', { p_currency: 'jpy', p_amount: 50_000 }],
    ['pesos as if they had cents (attack 27)', 'amount', { p_currency: 'clp', p_amount: 300_000 }],
    ['a currency that is not offered', 'currency', { p_currency: 'kwd' }],
    ['a currency in capitals', 'currency', { p_currency: 'EUR' }],
    ['no currency', 'currency', { p_currency: null }],
    ['a message that is too long', 'message', { p_message: 'x'.repeat(201) }],
  ])('is refused with %s', async (_, field, args) => {
    expect(await refusal(tip(ana, args))).toEqual({ code: 'invalid_input', detail: { field } })
    expect(await sql`select from tips where session_id = ${party.id}`).toEqual([])
  })

  it('takes fractions of a cent from nobody', async () => {
    expect(await refused(tip(ana, { p_amount: 1_000.5 }))).toMatch(/22P02|invalid_input/)
  })

  it('cleans the message as the chat does, and takes one of nothing for none', async () => {
    const said = await tip(ana, { p_message: 'a\u202eb\n\n\n\nc<b>' })
    expect((await row(said))?.message).toBe('ab\n\nc<b>')
    expect((await row(await tip(ana, { p_message: '\u200b\ufe0f ' })))?.message).toBeNull()
  })

  it('is not for strangers, the banned, the DJ, or a session that has ended', async () => {
    const eve = await person('Eve')
    expect(await refused(tip(eve))).toBe('not_allowed')
    expect(await refused(tip(dj))).toBe('not_allowed')
    expect(await refused(anon.call('begin_tip', argsOfAnon))).toBe('42501')
    const den = await room(dj, [], { visibility: 'private' })
    expect(await refused(beginTip(den, eve))).toBe('not_found')
    await dj.call('ban_member', { p_session_id: party.id, p_user_id: ana.id })
    expect(await refused(tip(ana))).toBe('banned')
    await party.command(dj, 'end_session')
    expect(await refused(tip(ben))).toBe('session_ended')
  })

  it('needs a DJ whom the provider pays', async () => {
    await sql`update dj_payment_accounts set charges_enabled = false where user_id = ${dj.id}`
    expect(await refused(tip(ana))).toBe('tips_off')
    await sql`delete from dj_payment_accounts where user_id = ${dj.id}`
    expect(await refused(tip(ana))).toBe('tips_off')
  })

  it('is for the muted too, without words', async () => {
    await dj.call('mute_member', { p_session_id: party.id, p_user_id: ana.id, p_minutes: 10 })
    const { code, detail } = await refusal(tip(ana, { p_message: 'hi' }))
    expect([code, detail.retryAfterInMs]).toEqual(['muted', expect.any(Number)])
    await tip(ana)
  })

  it('goes ten times in ten minutes, and fresh guests share a limit', async () => {
    for (let n = 0; n < 10; n++) await tip(ana)
    expect(await refusal(tip(ana))).toMatchObject({
      code: 'rate_limited',
      detail: { retryAfterInMs: expect.any(Number) },
    })
    await sql`
      insert into private.rate_counters (subject, kind, window_started_at, used)
      values (${party.id}, 'newcomers tip', now(), 60)`
    expect(await refused(tip(ben))).toBe('rate_limited')
    await sql`update session_members set joined_at = now() - interval '11 minutes' where user_id = ${ben.id}`
    await tip(ben)
  })

  it('is counted also where it is a repeat: each makes the server ask the provider', async () => {
    const commandId = randomUUID()
    for (let n = 0; n < 60; n++) await tip(ana, {}, commandId)
    const refused = { code: 'rate_limited', detail: { retryAfterInMs: expect.any(Number) } }
    expect(await refusal(tip(ana, {}, commandId))).toMatchObject(refused)
    expect(await refusal(ana.call('count_provider_request'))).toMatchObject(refused)
    await ben.call('count_provider_request')
  })

  it('has the fee of its own day', async () => {
    const before = await tip(ana)
    await sql`update private.money_settings set fee_basis_points = 500`
    try {
      expect((await row(await tip(ana)))?.fee_amount).toBe('50')
      expect((await row(before))?.fee_amount).toBe('100')
    } finally {
      await sql`update private.money_settings set fee_basis_points = 1000`
    }
  })
})

const argsOfAnon = {
  p_session_id: randomUUID(),
  p_command_id: randomUUID(),
  p_amount: 1_000,
  p_currency: 'eur',
}

describe('opening a tip', () => {
  it('gives it its page once; again is harmless, another page is refused', async () => {
    const tipId = await tip(ana)
    expect(await opened(tipId, `cs_${tipId}`)).toEqual({ status: 'open' })
    expect(await opened(tipId, `cs_${tipId}`)).toEqual({ status: 'open' })
    expect(await toOpen(tipId)).toMatchObject({ checkoutId: `cs_${tipId}` })
    expect(await refused(opened(tipId, 'cs_other'))).toBe('stale')
    expect(await refused(opened(randomUUID(), 'cs_other'))).toBe('not_found')
    expect(await refused(toOpen(randomUUID()))).toBe('not_found')
  })

  it('does not make less of what was paid meanwhile, and a paid one is not opened again', async () => {
    const tipId = await paidTip(party, ana)
    expect(await opened(tipId, `cs_${tipId}`)).toEqual({ status: 'paid' })
    expect(await refused(toOpen(tipId))).toBe('stale')
  })

  it('pays nobody whose account is another one by now', async () => {
    const tipId = await tip(ana)
    await payable(dj, { livemode: true })
    expect(await refused(toOpen(tipId))).toBe('tips_off')
  })

  it('is for the server alone', async () => {
    const tipId = await tip(ana)
    for (const who of [ana, dj, anon]) {
      expect(await refused(who.call('tip_to_open', { p_tip_id: tipId }))).toBe('42501')
      expect(await refused(who.call('tip_opened', { p_tip_id: tipId, p_checkout_id: 'cs' }))).toBe('42501')
    }
  })
})

describe('who sees and writes tips', () => {
  it('the tipper sees their own, without the provider’s ids, and nobody sees others’', async () => {
    const tipId = await tip(ana)
    const seen = 'select id, amount::int, currency, status from tips where session_id = $1'
    expect(await ana.query(seen, [party.id])).toEqual([
      { id: tipId, amount: 1_000, currency: 'eur', status: 'begun' },
    ])
    for (const who of [ben, dj]) expect(await who.query(seen, [party.id])).toEqual([])
    expect(await refused(anon.query(seen, [party.id]))).toBe('42501')
    for (const column of ['tipper_id', 'destination', 'checkout_id', 'payment_intent_id', 'charge_id'])
      expect(await refused(ana.query(`select ${column} from tips`))).toBe('42501')
  })

  it('nobody writes one: not the amount (attack 26), not the recipient (attack 28), not the server', async () => {
    const tipId = await tip(ana)
    for (const who of [ana, dj, service]) {
      for (const change of ['amount = 1', "currency = 'jpy'", "destination = 'acct_eve'", "status = 'paid'"])
        expect(await refused(who.query(`update tips set ${change} where id = $1`, [tipId]))).toBe('42501')
      expect(await refused(who.query('delete from tips where id = $1', [tipId]))).toBe('42501')
      expect(await refused(who.query(insertTip, [randomUUID(), party.id, dj.id, who.id || null]))).toBe(
        '42501',
      )
    }
  })
})

const insertTip = `
  insert into tips (id, session_id, dj_id, tipper_id, amount, currency, fee_amount, is_anonymous, shows_amount,
    destination, livemode, status, paid_at)
  values ($1, $2, $3, $4, 1000, 'eur', 0, false, true, 'acct_eve', false, 'paid', now())`

describe('the currencies', () => {
  it('are seen by everybody who is signed in, with amounts that can be tipped', async () => {
    const currencies = await ben.query<{ code: string; decimals: number }>(
      'select code, decimals from tip_currencies order by code',
    )
    expect(currencies.map(({ code, decimals }) => code + decimals)).toEqual(
      'ars2 brl2 cad2 chf2 clp0 cop2 eur2 gbp2 jpy0 mxn2 pen2 usd2'.split(' '),
    )
    expect(await refused(ana.query('update tip_currencies set min_amount = 1'))).toBe('42501')
  })

  it('have the digits that people are shown, and amounts that Stripe takes', async () => {
    const currencies = await sql<{ code: string; decimals: number; min: number; max: number }[]>`
      select code, decimals, min_amount::int as min, max_amount::int as max from tip_currencies`
    for (const { code, decimals, min, max } of currencies) {
      expect([code, decimalsOf(code)]).toEqual([code, decimals])
      for (const amount of [min, max]) expect(() => checkAmount(amount, code)).not.toThrow()
    }
  })

  it.each([
    ['three decimals', "('kwd', 3, 100, 1000, '{100, 200, 300}')"],
    ['suggestions below its least', "('kwd', 2, 100, 1000, '{10, 200, 300}')"],
    ['more than eight digits', "('kwd', 2, 100, 100000000, '{100, 200, 300}')"],
  ])('are none with %s', async (_, values) => {
    expect(await refused(sql.unsafe(`insert into tip_currencies values ${values}`))).toBe('23514')
  })
})

describe('a tip that nobody hears of', () => {
  beforeEach(() => sql`update tips set status = 'expired' where status in ('begun', 'open')`)

  type Due = { tipId: string; checkoutId: string | null; begunAt: number }
  const claim = async (livemode = false): Promise<string[]> => {
    const due = await service.call<Due[]>('claim_due_tips', { p_livemode: livemode, p_max: 100 })
    return due.map(({ tipId }) => tipId)
  }
  const pass = (tipId: string, interval: string) => sql`
    update tips set begun_at = begun_at - ${interval}::interval, looked_up_at = looked_up_at - ${interval}::interval
    where id = ${tipId}`

  it('is looked up after two minutes, then ever more rarely, by one at a time', async () => {
    const tipId = await tip(ana)
    expect(await claim()).not.toContain(tipId)
    await pass(tipId, '2 minutes')
    const claims = await Promise.all([claim(), claim(), claim()])
    expect(claims.flat().filter((id) => id === tipId)).toHaveLength(1)
    expect(await claim()).not.toContain(tipId)
    await pass(tipId, '2 minutes')
    expect(await claim()).toContain(tipId)
    await opened(tipId, `cs_${tipId}`)
    await pass(tipId, '1 hour')
    expect(await claim()).toContain(tipId)
    await pass(tipId, '30 minutes')
    expect(await claim()).not.toContain(tipId)
    await pass(tipId, '3 minutes')
    expect(await claim()).toContain(tipId)
  })

  it('is not looked up in the other mode, nor once it is settled', async () => {
    const [open, paid] = [await tip(ana), await paidTip(party, ana)]
    for (const tipId of [open, paid]) await pass(tipId, '1 hour')
    expect(await claim(true)).not.toContain(open)
    const claimed = await claim()
    expect([claimed.includes(open), claimed.includes(paid)]).toEqual([true, false])
  })

  it('is given up where there was no page in two days', async () => {
    const [begun, open] = [await tip(ana), await tip(ana)]
    await opened(open, `cs_${open}`)
    for (const tipId of [begun, open]) await pass(tipId, '49 hours')
    const claimed = await claim()
    expect([claimed.includes(begun), claimed.includes(open)]).toEqual([false, true])
    expect(await row(begun)).toMatchObject({ status: 'expired' })
    expect(await refused(toOpen(begun))).toBe('stale')
  })

  it.each(['stripe_events', 'revenuecat_events'])(
    'leaves nothing of events that cannot come again: %s',
    async (name) => {
      const table = sql(`private.${name}`)
      await sql`
        insert into ${table} (id, at) values ('evt_old', now() - interval '31 days'), ('evt_new', now())
        on conflict do nothing`
      await service.call('tidy_up')
      const rows = await sql`select id from ${table} where id in ('evt_old', 'evt_new')`
      expect(rows).toEqual([{ id: 'evt_new' }])
    },
  )
})
