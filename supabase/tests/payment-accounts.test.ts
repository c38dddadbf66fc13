import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { payable } from './money.ts'
import { type Actor, anon, person, refused, service } from './people.ts'

let dj: Actor
let ana: Actor

beforeEach(async () => {
  ;[dj, ana] = await Promise.all([person('DJ Sol'), person('Ana')])
})

const accountId = () => `acct_${randomUUID()}`
const remember = (who: Actor, id: string, livemode = false) =>
  service.call('remember_payment_account', { p_user_id: who.id, p_account_id: id, p_livemode: livemode })
const lookedUp = (id: string, at: number, facts = {}, livemode = false) =>
  service.call('apply_payment_account', {
    p_account_id: id,
    p_livemode: livemode,
    p_facts: {
      chargesEnabled: false,
      payoutsEnabled: false,
      detailsSubmitted: true,
      requirementsDue: ['external_account'],
      disabledReason: 'requirements.past_due',
      lookedUpAt: at,
      ...facts,
    },
  })
const canBeTipped = (who: Actor, livemode = false) =>
  ana.call<boolean>('can_be_tipped', { p_user_id: who.id, p_livemode: livemode })
const enabled = { chargesEnabled: true, requirementsDue: [], disabledReason: null }

describe('a DJ’s payment account', () => {
  it('takes no tips until the provider says so', async () => {
    const id = accountId()
    expect(await service.call('payment_account', { p_user_id: dj.id })).toBeNull()
    expect(await remember(dj, id)).toMatchObject({ accountId: id, chargesEnabled: false, lookedUpAt: null })
    expect(await canBeTipped(dj)).toBe(false)
    expect(await lookedUp(id, 1_000, enabled)).toEqual({ applied: true })
    expect(await canBeTipped(dj)).toBe(true)
    await lookedUp(id, 2_000)
    expect(await canBeTipped(dj)).toBe(false)
  })

  it('is as the newest look-up found it, whatever comes later', async () => {
    const id = accountId()
    await remember(dj, id)
    await lookedUp(id, 2_000, enabled)
    expect(await lookedUp(id, 1_000)).toEqual({ applied: false })
    expect(await lookedUp(id, 2_000)).toEqual({ applied: false })
    expect(await canBeTipped(dj)).toBe(true)
    await Promise.all([5_000, 9_000, 7_000].map((at) => lookedUp(id, at, { disabledReason: `at ${at}` })))
    expect(await service.call('payment_account', { p_user_id: dj.id })).toMatchObject({
      disabledReason: 'at 9000',
      lookedUpAt: 9_000,
    })
  })

  it('is the first of two that were made at once, and belongs to one DJ', async () => {
    const [one, other] = [accountId(), accountId()]
    const answers = await Promise.all([remember(dj, one), remember(dj, other)])
    expect(answers[0]?.accountId).toBe(answers[1]?.accountId)
    expect(await refused(remember(ana, answers[0]?.accountId as string))).toBe('23505')
  })

  it('is remembered once, however many say so at once', async () => {
    const djs = await Promise.all(Array.from({ length: 20 }, (_, index) => person(`DJ ${index}`)))
    for (const who of djs) {
      const id = accountId()
      const answers = await Promise.all(Array.from({ length: 8 }, () => remember(who, id)))
      expect(new Set(answers.map((answer) => answer?.accountId))).toEqual(new Set([id]))
    }
  })

  it('of the test mode says nothing in live mode, and gives way to one of it', async () => {
    const test = await payable(dj)
    expect(await lookedUp(test, Date.now() + 60_000, {}, true)).toEqual({ applied: false })
    expect(await canBeTipped(dj)).toBe(true)
    expect(await canBeTipped(dj, true)).toBe(false)
    const live = accountId()
    expect(await remember(dj, live, true)).toMatchObject({
      accountId: live,
      livemode: true,
      chargesEnabled: false,
    })
    expect(await canBeTipped(dj)).toBe(false)
  })

  it('that is removed takes no tips, is as the newest look-up found it, and gives way to another one', async () => {
    const [id, another] = [accountId(), accountId()]
    await remember(dj, id)
    await lookedUp(id, 2_000, enabled)
    const forget = (at: number, livemode = false) =>
      service.call('forget_payment_account', { p_account_id: id, p_livemode: livemode, p_looked_up_at: at })
    expect(await forget(1_000)).toEqual({ applied: false })
    expect(await forget(3_000, true)).toEqual({ applied: false })
    expect(await canBeTipped(dj)).toBe(true)
    expect(await forget(3_000)).toEqual({ applied: true })
    expect(await canBeTipped(dj)).toBe(false)
    expect(await remember(dj, id)).toMatchObject({ accountId: id, isRemoved: true })
    await lookedUp(id, 4_000, enabled)
    expect(await canBeTipped(dj)).toBe(true)
    await forget(5_000)
    expect(await remember(dj, another)).toMatchObject({ accountId: another, isRemoved: false })
    expect(await forget(6_000)).toEqual({ applied: false })
    expect(await remember(dj, id)).toMatchObject({ accountId: another })
  })

  it('is not for guests, who would lose it with their browser', async () => {
    expect(await refused(remember(await person('Gus', { guest: true }), accountId()))).toBe('not_allowed')
  })

  it('shows its state to its owner, its id to nobody, and others that they can tip', async () => {
    await payable(dj)
    const state = 'select charges_enabled, requirements_due, livemode from dj_payment_accounts'
    expect(await dj.query(state)).toEqual([{ charges_enabled: true, requirements_due: [], livemode: false }])
    expect(await ana.query(state)).toEqual([])
    for (const who of [dj, ana]) {
      expect(await refused(who.query('select account_id from dj_payment_accounts'))).toBe('42501')
      expect(await refused(who.query('update dj_payment_accounts set charges_enabled = true'))).toBe('42501')
      for (const [name, args] of Object.entries(argsOf))
        expect(await refused(who.call(name, args))).toBe('42501')
    }
    expect(await refused(anon.query(state))).toBe('42501')
  })
})

const argsOf = {
  payment_account: { p_user_id: randomUUID() },
  remember_payment_account: { p_user_id: randomUUID(), p_account_id: 'acct_x', p_livemode: false },
  apply_payment_account: { p_account_id: 'acct_x', p_livemode: false, p_facts: {} },
  forget_payment_account: { p_account_id: 'acct_x', p_livemode: false, p_looked_up_at: 0 },
}
