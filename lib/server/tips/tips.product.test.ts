import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { lookUpTip } from '../stripe/look-up-tip.ts'
import { applyTip } from './apply-tip.ts'
import { countRequest } from './count-request.ts'
import { loadGivenTip } from './given-tip.ts'
import { lookUpDueTips } from './look-up-due-tips.ts'
import { loadPaymentAccount, onboard, openDashboard } from './payment-account.ts'
import { loadReceivedTips } from './received-tips.ts'
import { reconcile } from './reconcile.ts'
import { refundTip } from './refund-tip.ts'
import { origin, startTipWorld } from './testing/tip-world.ts'
import { loadTipOffer } from './tip-offer.ts'

let world: Awaited<ReturnType<typeof startTipWorld>>
beforeAll(async () => {
  world = await startTipWorld()
})
afterAll(() => world.stop())
// Also where a test fails: the news that it holds back are no other's.
afterEach(() => world.control.release())

/** What the fake charges for a dispute. */
const disputeFee = 1_500
const dayInMs = 24 * 60 * 60_000
const createCheckout = 'POST /v1/checkout/sessions'
/** As often as the SDK asks before it gives up. */
const untilGivenUp = 3

describe('a DJ’s account', () => {
  it('is made once, and takes tips once Stripe says so', async () => {
    const { deps, control, signIn, accountOf } = world
    const dj = await signIn('Diana')
    const person = { userId: dj.id, isGuest: false }
    expect(await loadPaymentAccount(deps, dj.id)).toBeNull()
    const [first, second] = await Promise.all([
      onboard({ ...deps, origin }, person),
      onboard({ ...deps, origin }, person),
    ])
    const accountId = await accountOf(dj.id)
    for (const { url } of [first, second]) expect(url).toContain(accountId)
    expect(await loadPaymentAccount(deps, dj.id)).toMatchObject({
      chargesEnabled: false,
      requirementsDue: expect.arrayContaining(['external_account']),
    })
    await expect(openDashboard(deps, dj.id)).rejects.toMatchObject({ code: 'not_found' })
    control.completeOnboarding(accountId)
    await control.settled()
    expect((await openDashboard(deps, dj.id)).url).toContain(accountId)
    expect(await loadPaymentAccount(deps, dj.id)).toEqual({
      chargesEnabled: true,
      payoutsEnabled: true,
      detailsSubmitted: true,
      requirementsDue: [],
      disabledReason: null,
    })
  })

  it('is not for guests', async () => {
    const guest = { userId: crypto.randomUUID(), isGuest: true }
    await expect(onboard({ ...world.deps, origin }, guest)).rejects.toMatchObject({ code: 'not_allowed' })
  })

  it('takes no more tips when Stripe restricts it', async () => {
    const { control, deps, openRoom } = world
    const { dj, accountId, sessionId, open } = await openRoom()
    expect((await loadTipOffer(dj.db, sessionId, 'test')).canBeTipped).toBe(true)
    expect((await loadTipOffer(dj.db, sessionId, 'off')).canBeTipped).toBe(false)
    // The operator has gone live since: that account is not of it.
    expect((await loadTipOffer(dj.db, sessionId, 'live')).canBeTipped).toBe(false)
    control.restrictAccount(accountId)
    await control.settled()
    expect((await loadTipOffer(dj.db, sessionId, 'test')).canBeTipped).toBe(false)
    await expect(open()).rejects.toMatchObject({ code: 'tips_off' })
    expect(await loadPaymentAccount(deps, dj.id)).toMatchObject({ disabledReason: 'rejected.other' })
  })
})

describe('an account that was removed at Stripe', () => {
  it('takes no tips, and gives way to another one', async () => {
    const { accountOf, control, deps, openRoom, tip } = world
    const { dj, accountId, sessionId, open } = await openRoom()
    control.removeAccount(accountId)
    await control.settled()
    expect((await loadTipOffer(dj.db, sessionId, 'test')).canBeTipped).toBe(false)
    await expect(open()).rejects.toMatchObject({ code: 'tips_off' })
    expect(await loadPaymentAccount(deps, dj.id)).toBeNull()
    await expect(openDashboard(deps, dj.id)).rejects.toMatchObject({ code: 'not_found' })
    const person = { userId: dj.id, isGuest: false }
    const pages = await Promise.all([1, 2].map(() => onboard({ ...deps, origin }, person)))
    const another = await accountOf(dj.id)
    expect(another).not.toBe(accountId)
    for (const { url } of pages) expect(url).toContain(another)
    control.completeOnboarding(another)
    await control.settled()
    const { tipId } = await open()
    expect(await tip(tipId)).toMatchObject({ destination: another })
  })

  it('is found out by whoever needs it, where nobody heard', async () => {
    const { control, deps, openRoom } = world
    const [room, other] = [await openRoom(), await openRoom()]
    control.hold()
    for (const { accountId } of [room, other]) control.removeAccount(accountId)
    expect((await loadTipOffer(room.dj.db, room.sessionId, 'test')).canBeTipped).toBe(true)
    await expect(room.open()).rejects.toMatchObject({ code: 'tips_off' })
    expect((await loadTipOffer(room.dj.db, room.sessionId, 'test')).canBeTipped).toBe(false)
    expect(await loadPaymentAccount(deps, other.dj.id)).toBeNull()
    expect((await loadTipOffer(other.dj.db, other.sessionId, 'test')).canBeTipped).toBe(false)
  })

  it('is there again for who sees it again: a wrong key takes nobody’s account', async () => {
    const { control, deps, openRoom } = world
    const { dj, accountId, sessionId } = await openRoom()
    const args = { p_account_id: accountId, p_livemode: false, p_looked_up_at: Date.now() }
    await deps.service.rpc('forget_payment_account', args)
    expect((await loadTipOffer(dj.db, sessionId, 'test')).canBeTipped).toBe(false)
    expect(await loadPaymentAccount(deps, dj.id)).toMatchObject({ chargesEnabled: true })
    control.restrictAccount(accountId, false)
    await control.settled()
    expect((await loadTipOffer(dj.db, sessionId, 'test')).canBeTipped).toBe(true)
  })
})

describe('what nobody hears of', () => {
  it('is looked up after some minutes: a tip that was paid while no event came', async () => {
    const { begunAgo, control, deps, openRoom, pay, tip } = world
    const { open } = await openRoom()
    const { tipId } = await open()
    control.hold()
    await pay(tipId)
    await begunAgo({ [tipId]: '1 minute' })
    await lookUpDueTips(deps)
    expect(await tip(tipId)).toMatchObject({ status: 'open' })
    await begunAgo({ [tipId]: '3 minutes' })
    await lookUpDueTips(deps)
    expect(await tip(tipId)).toMatchObject({ status: 'paid' })
  })

  it('is looked up: a page of which we never heard', async () => {
    const { begunAgo, control, deps, openRoom, pay, tip } = world
    const { open } = await openRoom()
    const commandId = crypto.randomUUID()
    control.failNext(createCheckout, 'answer_lost', untilGivenUp)
    await expect(open({ commandId })).rejects.toMatchObject({ code: 'unavailable' })
    control.hold()
    await pay(commandId)
    await begunAgo({ [commandId]: '3 minutes' })
    await lookUpDueTips(deps)
    expect(await tip(commandId)).toMatchObject({ status: 'paid' })
  })

  it('keeps nobody waiting where one look-up fails', async () => {
    const { begunAgo, checkoutOf, control, deps, openRoom, pay, tip } = world
    const { open } = await openRoom()
    const [first, second] = [await open(), await open()]
    control.hold()
    await pay(second.tipId)
    await begunAgo({ [first.tipId]: '4 minutes', [second.tipId]: '3 minutes' })
    control.failNext('GET /v1/checkout/sessions/:id', 'unavailable', untilGivenUp)
    await expect(lookUpDueTips(deps)).rejects.toMatchObject({ errors: [{ code: 'unavailable' }] })
    expect(await tip(second.tipId)).toMatchObject({ status: 'paid' })
    expect(await tip(first.tipId)).toMatchObject({ status: 'open' })
    control.expireSession(await checkoutOf(first.tipId))
    await begunAgo({ [first.tipId]: '1 day' })
    await lookUpDueTips(deps)
    expect(await tip(first.tipId)).toMatchObject({ status: 'expired' })
  })
})

describe('asking Stripe', () => {
  it('is counted for each person, however they make us ask', async () => {
    const { control, deps, openRoom, pay } = world
    const { open, tipper } = await openRoom()
    const { tipId } = await open()
    // One was for opening it.
    for (let n = 1; n < 60; n++) await countRequest(tipper.db)
    const refused = { code: 'rate_limited', retryAfterInMs: expect.any(Number) }
    await expect(countRequest(tipper.db)).rejects.toMatchObject(refused)
    await expect(open({ commandId: tipId })).rejects.toMatchObject(refused)
    // What is known is shown all the same, and the news comes.
    control.hold()
    await pay(tipId)
    expect(await loadGivenTip({ ...deps, db: tipper.db }, tipId)).toMatchObject({ status: 'open' })
    await control.release()
    expect(await loadGivenTip({ ...deps, db: tipper.db }, tipId)).toMatchObject({ status: 'paid' })
  })
})

describe('a tip', () => {
  it('goes the whole way: opened, paid, heard of, received', async () => {
    const { deps, stripe, openRoom, tip, checkoutOf, pay, toldOf } = world
    const { dj, accountId, tipper, open, sessionId } = await openRoom()
    const { tipId, checkoutUrl } = await open({ message: 'Otra!' })
    const checkout = await stripe.checkout.sessions.retrieve(await checkoutOf(tipId))
    expect(checkout).toMatchObject({
      url: checkoutUrl,
      amount_total: 1_000,
      currency: 'eur',
      client_reference_id: tipId,
      success_url: `${origin}/tips/${tipId}`,
    })
    expect(await loadGivenTip({ ...deps, db: tipper.db }, tipId)).toMatchObject({ status: 'open' })

    await pay(tipId)
    expect(await tip(tipId)).toMatchObject({ status: 'paid', destination: accountId, stripe_fee_amount: 29 })
    const shown = { name: 'Luis', amount: 1_000, currency: 'eur', message: 'Otra!' }
    expect(toldOf(tipId)).toMatchObject([{ by: null, commandId: null, payload: { tipId, ...shown } }])
    const given = await loadGivenTip({ ...deps, db: tipper.db }, tipId)
    expect(given).toMatchObject({ status: 'paid', amount: 1_000, djName: 'Diana' })
    expect(given.sessionSlug).toMatch(/^noche-/)
    const { tips, totals } = await loadReceivedTips(dj.db, undefined)
    expect(tips).toMatchObject([{ tipId, ...shown, netAmount: 900 }])
    expect(totals).toMatchObject([{ currency: 'eur', livemode: false, tips: 1, net: 900 }])
    const { currencies } = await loadTipOffer(dj.db, sessionId, 'test')
    expect(currencies.find(({ currency }) => currency === 'jpy')).toMatchObject({
      decimals: 0,
      minAmount: 300,
    })
  })

  it('has the fee, the account and the addresses that the server says, whatever else its giver says', async () => {
    const { checkoutOf, openRoom, pay, stripe, tip } = world
    const { accountId, open, sessionId, tipper } = await openRoom()
    const wish = {
      ...{
        amount: 1_000,
        currency: 'eur',
        feeAmount: 0,
        application_fee_amount: 0,
        price: 1,
        livemode: true,
      },
      ...{ destination: 'acct_eve', djId: tipper.id, success_url: 'https://evil.test', status: 'paid' },
    }
    const { tipId } = await open(wish)
    expect(await tip(tipId)).toMatchObject({ status: 'open', livemode: false })
    await pay(tipId)
    const id = await checkoutOf(tipId)
    expect(await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] })).toMatchObject({
      ...{ amount_total: 1_000, currency: 'eur', success_url: `${origin}/tips/${tipId}` },
      payment_intent: {
        ...{ amount_received: 1_000, application_fee_amount: 100 },
        transfer_data: { destination: accountId },
      },
    })
    const byHand = {
      ...{ p_session_id: sessionId, p_command_id: crypto.randomUUID(), p_amount: 1_000, p_currency: 'eur' },
      ...{ p_destination: 'acct_eve', p_fee_amount: 0 },
    }
    const { error } = await tipper.db.rpc('begin_tip', byHand as never)
    expect(error).toMatchObject({ code: 'PGRST202' })
  })

  it('in a currency without cents is what it says, to the last yen', async () => {
    const { checkoutOf, control, deps, openRoom, pay, stripe, tip } = world
    const { dj, open } = await openRoom()
    const { tipId } = await open({ amount: 1_555, currency: 'jpy' })
    const checkout = await stripe.checkout.sessions.retrieve(await checkoutOf(tipId))
    expect(checkout).toMatchObject({ amount_total: 1_555, currency: 'jpy' })
    const charge = await pay(tipId)
    // A tenth, rounded down for the DJ.
    expect(await tip(tipId)).toMatchObject({ status: 'paid', amount: 1_555, fee_amount: 155 })
    await stripe.refunds.create({
      ...{ charge, amount: 555, reverse_transfer: true, refund_application_fee: true },
    })
    await control.settled()
    expect(await tip(tipId)).toMatchObject({
      ...{ status: 'partly_refunded', refunded_amount: 555 },
      ...{ fee_refunded_amount: 55, transfer_reversed_amount: 555 },
    })
    const { tips, totals } = await loadReceivedTips(dj.db, undefined)
    expect(tips).toMatchObject([{ amount: 1_555, currency: 'jpy', refundedAmount: 555, netAmount: 900 }])
    expect(totals).toMatchObject([{ currency: 'jpy', amount: 1_555, fees: 100, refunds: 555, net: 900 }])
    await refundTip(deps, dj.id, tipId)
    expect(await tip(tipId)).toMatchObject({
      ...{ status: 'refunded', refunded_amount: 1_555 },
      ...{ fee_refunded_amount: 155, transfer_reversed_amount: 1_555 },
    })
    expect((await loadReceivedTips(dj.db, undefined)).tips).toMatchObject([{ netAmount: 0 }])
  })

  it('is one page, however often it is asked for', async () => {
    const { checkoutsOf, openRoom } = world
    const { open } = await openRoom()
    const commandId = crypto.randomUUID()
    const [first, second] = await Promise.all([open({ commandId }), open({ commandId })])
    expect(second).toEqual(first)
    expect(await open({ commandId })).toEqual(first)
    expect(await checkoutsOf(commandId)).toHaveLength(1)
  })

  it('is one page where Stripe’s answer was lost, and the same is asked for again', async () => {
    const { checkoutsOf, control, openRoom } = world
    const { open } = await openRoom()
    const commandId = crypto.randomUUID()
    control.failNext(createCheckout, 'answer_lost', untilGivenUp)
    await expect(open({ commandId })).rejects.toMatchObject({ code: 'unavailable' })
    const [lost, ...others] = await checkoutsOf(commandId)
    expect(others).toEqual([])
    expect(await open({ commandId })).toEqual({ tipId: commandId, checkoutUrl: lost?.url })
    expect(await checkoutsOf(commandId)).toHaveLength(1)
  })

  it('is opened after a failure that Stripe keeps for a day', async () => {
    const { checkoutsOf, control, openRoom } = world
    const { open } = await openRoom()
    control.failNext(createCheckout, 'server_error')
    const { tipId } = await open()
    expect(await checkoutsOf(tipId)).toHaveLength(1)
  })

  it('is paid also where the payment was faster than our own note of the page', async () => {
    const { control, deps, openRoom, pay, tip, toldOf } = world
    const { open, tipper } = await openRoom()
    const commandId = crypto.randomUUID()
    control.failNext(createCheckout, 'answer_lost', untilGivenUp)
    await expect(open({ commandId })).rejects.toMatchObject({ code: 'unavailable' })
    expect(await tip(commandId)).toMatchObject({ status: 'begun', checkout_id: null })
    await pay(commandId)
    expect(await tip(commandId)).toMatchObject({ status: 'paid' })
    expect(toldOf(commandId)).toHaveLength(1)
    await expect(open({ commandId })).rejects.toMatchObject({ code: 'stale' })
    expect(await loadGivenTip({ ...deps, db: tipper.db }, commandId)).toMatchObject({ status: 'paid' })
  })

  it('is given back by its DJ, once, with the fee', async () => {
    const { deps, openRoom, pay, signIn, stripe, tip } = world
    const { dj, open } = await openRoom()
    const { tipId } = await open()
    await expect(refundTip(deps, dj.id, tipId)).rejects.toMatchObject({ code: 'stale' })
    const charge = await pay(tipId)
    const other = await signIn('Marta')
    await expect(refundTip(deps, other.id, tipId)).rejects.toMatchObject({ code: 'not_found' })
    const refunded = { tipId, status: 'refunded' }
    expect(await refundTip(deps, dj.id, tipId)).toEqual(refunded)
    expect(await refundTip(deps, dj.id, tipId)).toEqual(refunded)
    expect(await tip(tipId)).toMatchObject({ refunded_amount: 1_000, fee_refunded_amount: 100 })
    const { refunds } = await stripe.charges.retrieve(charge, { expand: ['refunds'] })
    expect(refunds?.data).toMatchObject([{ amount: 1_000, transfer_reversal: expect.any(String) }])
  })

  it('may be given back in part, out of the DJ’s share or the house’s, as somebody chose in the dashboard', async () => {
    const { control, deps, ledgerOf, openRoom, pay, stripe, tip } = world
    const { dj, open, tipper } = await openRoom()
    const { tipId } = await open()
    const charge = await pay(tipId)
    await stripe.refunds.create({ charge, amount: 300 })
    await control.settled()
    expect(await tip(tipId)).toMatchObject({
      ...{ status: 'partly_refunded', refunded_amount: 300 },
      ...{ fee_refunded_amount: 0, transfer_reversed_amount: 0 },
    })
    // The house pays it alone: the DJ has what they had.
    const net = async () => (await loadReceivedTips(dj.db, undefined)).tips[0]?.netAmount
    expect(await net()).toBe(900)
    expect(await ledgerOf(tipId)).toMatchObject({ listeners: -700, dj: 900, platform: -200 - 29 })
    await stripe.refunds.create({
      ...{ charge, amount: 200, reverse_transfer: true, refund_application_fee: true },
    })
    await control.settled()
    expect(await tip(tipId)).toMatchObject({
      ...{ status: 'partly_refunded', refunded_amount: 500 },
      ...{ fee_refunded_amount: 20, transfer_reversed_amount: 200 },
    })
    expect(await net()).toBe(720)
    expect(await ledgerOf(tipId)).toMatchObject({ listeners: -500, dj: 720, platform: -220 - 29 })
    expect(await loadGivenTip({ ...deps, db: tipper.db }, tipId)).toMatchObject({ status: 'partly_refunded' })
    expect((await loadReceivedTips(dj.db, undefined)).totals).toMatchObject([
      { amount: 1_000, fees: 80, refunds: 200, net: 720 },
    ])
    // The DJ gives the rest back: their share of it, and the house its own.
    await refundTip(deps, dj.id, tipId)
    expect(await tip(tipId)).toMatchObject({
      ...{ status: 'refunded', refunded_amount: 1_000 },
      ...{ fee_refunded_amount: 70, transfer_reversed_amount: 700 },
    })
    expect(await net()).toBe(270)
    const found = (await reconcile(deps, Date.now() - 60_000)).differences
    expect(found.filter((line) => line.includes(tipId))).toEqual([])
  })

  it('may be given back in many parts', async () => {
    const { control, openRoom, pay, stripe, tip } = world
    const { open } = await openRoom()
    const { tipId } = await open()
    const charge = await pay(tipId)
    control.hold()
    for (let part = 0; part < 12; part++) await stripe.refunds.create({ charge, amount: 50 })
    await control.release()
    expect(await tip(tipId)).toMatchObject({ status: 'partly_refunded', refunded_amount: 600 })
  })

  it('is not given back twice: by the DJ and by the bank', async () => {
    const { control, deps, openRoom, pay, tip } = world
    const { dj, open } = await openRoom()
    const { tipId } = await open()
    const dispute = control.openDispute(await pay(tipId))
    await control.settled()
    expect(await tip(tipId)).toMatchObject({ status: 'paid', dispute: 'open' })
    await expect(refundTip(deps, dj.id, tipId)).rejects.toMatchObject({ code: 'tip_disputed' })
    control.closeDispute(dispute, 'lost')
    await control.settled()
    expect(await tip(tipId)).toMatchObject({ dispute: 'lost' })
  })

  it('loses to a bank what it asks for: a part, all of it once more, also what was given back already', async () => {
    const { control, deps, ledgerOf, openRoom, pay, tip } = world
    const { dj, open } = await openRoom()
    const { tipId } = await open()
    const charge = await pay(tipId)
    const first = control.openDispute(charge, { amountInMinorUnits: 300 })
    await control.settled()
    expect(await ledgerOf(tipId)).toMatchObject({ dj: 900, disputes: 300, platform: -200 - 29 - disputeFee })
    control.closeDispute(first, 'won')
    await control.settled()
    expect(await tip(tipId)).toMatchObject({ dispute: 'won' })
    expect(await ledgerOf(tipId)).toMatchObject({ disputes: 0, platform: 100 - 29 - disputeFee })
    const second = control.openDispute(charge)
    await control.settled()
    expect(await tip(tipId)).toMatchObject({ dispute: 'open' })
    await expect(refundTip(deps, dj.id, tipId)).rejects.toMatchObject({ code: 'tip_disputed' })
    control.closeDispute(second, 'won')
    await control.settled()
    await refundTip(deps, dj.id, tipId)
    control.closeDispute(control.openDispute(charge), 'lost')
    await control.settled()
    expect(await tip(tipId)).toMatchObject({ status: 'refunded', dispute: 'lost' })
    expect(await ledgerOf(tipId)).toMatchObject({
      ...{
        dj: 0,
        listeners: 1_000,
        platform: -1_000 - 29 - 3 * disputeFee,
        stripe_fees: 29 + 3 * disputeFee,
      },
    })
    const { differences } = await reconcile(deps, Date.now() - 60_000)
    expect(differences.filter((line) => line.includes(tipId))).toEqual([])
  })

  it('costs the house what Stripe charges for a dispute, also where nobody heard of it, and no more than it keeps', async () => {
    const { control, deps, ledgerOf, openRoom, pay } = world
    const { open } = await openRoom()
    const { tipId } = await open()
    const charge = await pay(tipId)
    control.hold()
    const dispute = control.openDispute(charge)
    const ofTip = async () => {
      const { differences } = await reconcile(deps, Date.now() - 60_000)
      return differences.filter((line) => line.includes(tipId))
    }
    expect(await ofTip()).toEqual([`${tipId}: had been missed; it is now paid`])
    const charged = { platform: -900 - 29 - disputeFee, stripe_fees: 29 + disputeFee }
    expect(await ledgerOf(tipId)).toMatchObject({ ...charged, disputes: 1_000 })
    expect(await ofTip()).toEqual([])
    control.closeDispute(dispute, 'won', { returnsFee: true })
    await control.release()
    expect(await ledgerOf(tipId)).toMatchObject({ platform: 100 - 29, stripe_fees: 29, disputes: 0 })
    expect(await ofTip()).toEqual([])
  })

  it('that was given back is not, where the refund fails later; its DJ can do it again, and pays it once', async () => {
    const { control, deps, ledgerOf, openRoom, pay, stripe, tip } = world
    const { dj, open, tipper } = await openRoom()
    const { tipId } = await open()
    const charge = await pay(tipId)
    await refundTip(deps, dj.id, tipId)
    const [refund] = (await stripe.refunds.list({ charge })).data
    control.failRefund(refund?.id ?? '')
    await control.settled()
    expect(await tip(tipId)).toMatchObject({
      status: 'paid',
      refunded_amount: 0,
      refund_failed_amount: 1_000,
    })
    expect(await loadGivenTip({ ...deps, db: tipper.db }, tipId)).toMatchObject({ status: 'paid' })
    expect((await loadReceivedTips(dj.db, undefined)).tips).toMatchObject([{ hasFailedRefund: true }])
    // The house has what it took from the DJ.
    expect(await ledgerOf(tipId)).toMatchObject({ dj: 0, listeners: -1_000, platform: 1_000 - 29 })
    expect(await refundTip(deps, dj.id, tipId)).toEqual({ tipId, status: 'refunded' })
    expect(await ledgerOf(tipId)).toMatchObject({ dj: 0, listeners: 0, platform: -29 })
    expect((await stripe.refunds.list({ charge })).data).toHaveLength(2)
    const { differences } = await reconcile(deps, Date.now() - 60_000)
    expect(differences.filter((line) => line.includes(tipId))).toEqual([])
  })

  it('of which a part failed and nobody heard is given back whole: by the DJ what they have, by the house the rest', async () => {
    const { control, deps, ledgerOf, openRoom, pay, stripe } = world
    const { dj, open } = await openRoom()
    const { tipId } = await open()
    const charge = await pay(tipId)
    const { id } = await stripe.refunds.create({
      ...{ charge, amount: 400, reverse_transfer: true, refund_application_fee: true },
    })
    await control.settled()
    control.hold()
    control.failRefund(id)
    expect(await refundTip(deps, dj.id, tipId)).toEqual({ tipId, status: 'refunded' })
    expect(await ledgerOf(tipId)).toMatchObject({ dj: 0, listeners: 0, platform: -29 })
  })

  it.each([
    ['all of it', {}, -100],
    ['a part', { amount: 400 }, 500],
  ])(
    'of which a refund by hand without the fee failed is given back with the fee: %s',
    async (_, part, left) => {
      const { control, deps, ledgerOf, openRoom, pay, stripe } = world
      const { dj, open } = await openRoom()
      const { tipId } = await open()
      const charge = await pay(tipId)
      const { id } = await stripe.refunds.create({ charge, reverse_transfer: true, ...part })
      control.failRefund(id)
      await control.settled()
      expect(await ledgerOf(tipId)).toMatchObject({ dj: left, listeners: -1_000 })
      expect(await refundTip(deps, dj.id, tipId)).toEqual({ tipId, status: 'refunded' })
      expect(await ledgerOf(tipId)).toMatchObject({ dj: 0, listeners: 0, platform: -29 })
      const { application_fee: fee } = await stripe.charges.retrieve(charge, { expand: ['application_fee'] })
      expect(fee).toMatchObject({ amount: 100, amount_refunded: 100 })
    },
  )

  it('of which the fee was given back before Stripe gave up is given back with the fee once', async () => {
    const { control, deps, ledgerOf, openRoom, pay, stripe } = world
    const { dj, open } = await openRoom()
    const { tipId } = await open()
    const charge = await pay(tipId)
    const { id } = await stripe.refunds.create({ charge, reverse_transfer: true })
    control.failRefund(id)
    await control.settled()
    control.failNext('POST /v1/refunds', 'unavailable', untilGivenUp)
    await expect(refundTip(deps, dj.id, tipId)).rejects.toMatchObject({ code: 'unavailable' })
    expect(await refundTip(deps, dj.id, tipId)).toEqual({ tipId, status: 'refunded' })
    expect(await ledgerOf(tipId)).toMatchObject({ dj: 0, listeners: 0, platform: -29 })
  })

  it('keeps the fee of a part that the operator gave back without it, by choice', async () => {
    const { deps, ledgerOf, openRoom, pay, stripe } = world
    const { dj, open } = await openRoom()
    const { tipId } = await open()
    const charge = await pay(tipId)
    await stripe.refunds.create({ charge, amount: 400, reverse_transfer: true })
    await refundTip(deps, dj.id, tipId)
    expect(await ledgerOf(tipId)).toMatchObject({ dj: -40, listeners: 0, platform: 40 - 29 })
  })

  it('is nobody’s to take while a bank only asks about it, and is taken once that becomes a dispute', async () => {
    const { control, openRoom, pay, tip } = world
    const { open } = await openRoom()
    const { tipId } = await open()
    const inquiry = control.openDispute(await pay(tipId), { isInquiry: true })
    await control.settled()
    expect(await tip(tipId)).toMatchObject({ status: 'paid', dispute: 'none' })
    control.escalateInquiry(inquiry)
    await control.settled()
    expect(await tip(tipId)).toMatchObject({ status: 'paid', dispute: 'open' })
  })

  it('that was missed is found by reconciling, which puts it right', async () => {
    const { control, deps, openRoom, pay, tip } = world
    const { open } = await openRoom()
    const sinceInMs = Date.now() - 60_000
    const { tipId } = await open()
    control.hold()
    await pay(tipId)
    expect(await tip(tipId)).toMatchObject({ status: 'open' })
    const missed = `${tipId}: had been missed; it is now paid`
    expect((await reconcile(deps, sinceInMs)).differences).toContain(missed)
    expect(await tip(tipId)).toMatchObject({ status: 'paid' })
    await control.release()
    const again = await reconcile(deps, sinceInMs)
    expect(again.differences.filter((line) => line.includes(tipId))).toEqual([])
    expect(again.lookedUp).toBeGreaterThan(0)
  })

  it('that began long ago is found by reconciling where what happened to it now was missed', async () => {
    const { begunAgo, checkoutOf, control, deps, openRoom, pay, stripe, tip } = world
    const { open } = await openRoom()
    onTestFinished(() => void vi.useRealTimers())
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 40 * dayInMs })
    const { tipId } = await open()
    const charge = await pay(tipId)
    vi.useRealTimers()
    await begunAgo({ [tipId]: '40 days' })
    const sinceInMs = Date.now() - 7 * dayInMs
    expect((await stripe.checkout.sessions.retrieve(await checkoutOf(tipId))).created * 1000).toBeLessThan(
      sinceInMs,
    )
    const ofTip = async () => {
      const { differences } = await reconcile(deps, sinceInMs)
      return differences.filter((line) => line.includes(tipId))
    }
    control.hold()
    control.openDispute(charge)
    expect(await ofTip()).toEqual([`${tipId}: had been missed; it is now paid`])
    expect(await tip(tipId)).toMatchObject({ dispute: 'open' })
    expect(await ofTip()).toEqual([])
    await control.release()
  })

  it('of which a part is taken back from the DJ by hand is theirs in that part no more', async () => {
    const { control, ledgerOf, openRoom, pay, tip } = world
    const { dj, open } = await openRoom()
    const { tipId } = await open()
    control.reverseTransfer(await pay(tipId), 300)
    await control.settled()
    expect(await tip(tipId)).toMatchObject({ status: 'paid', transfer_reversed_amount: 300 })
    expect(await ledgerOf(tipId)).toMatchObject({ dj: 600, platform: 400 - 29 })
    expect((await loadReceivedTips(dj.db, undefined)).totals).toMatchObject([{ net: 600 }])
  })

  it('of which the fee alone is given back by hand is the DJ’s with the fee', async () => {
    const { control, ledgerOf, openRoom, pay, stripe, tip } = world
    const { open } = await openRoom()
    const { tipId } = await open()
    const { application_fee: fee } = await stripe.charges.retrieve(await pay(tipId))
    await stripe.applicationFees.createRefund(String(fee))
    await control.settled()
    expect(await tip(tipId)).toMatchObject({ status: 'paid', fee_refunded_amount: 100 })
    expect(await ledgerOf(tipId)).toMatchObject({ dj: 1_000, platform: -29 })
  })

  it('whose page is of another account of Stripe’s stays as it is known, and keeps no other waiting', async () => {
    const { begunAgo, deps, openRoom, tip } = world
    const { open, tipper } = await openRoom()
    const { tipId } = await open()
    const other = await startTipWorld()
    onTestFinished(other.stop)
    const changed = { ...deps, access: other.deps.access }
    expect(await loadGivenTip({ ...changed, db: tipper.db }, tipId)).toMatchObject({ status: 'open' })
    await begunAgo({ [tipId]: '1 hour' })
    expect(await lookUpDueTips(changed)).toBe(0)
    expect(await tip(tipId)).toMatchObject({ status: 'open' })
    const { differences } = await reconcile(changed, Date.now() - 2 * 60 * 60_000)
    expect(differences.filter((line) => line.endsWith('known here, and not at Stripe'))).not.toEqual([])
  })

  it('says more than Stripe does where Stripe takes a word back, which reconciling leaves to people', async () => {
    const { checkoutOf, control, deps, openRoom, pay, stripe, tip } = world
    const { open } = await openRoom()
    const { tipId } = await open()
    const charge = await pay(tipId)
    await stripe.refunds.create({ charge, amount: 100 })
    await control.settled()
    const facts = await lookUpTip(deps.access, await checkoutOf(tipId))
    if (!facts) throw new Error('There is no page.')
    const more = { id: 're_gone', amount: 200, hasFailed: false }
    await applyTip(deps, { ...facts, refunds: [...facts.refunds, more] })
    const { differences } = await reconcile(deps, Date.now() - 60_000)
    expect(differences).toContain(`${tipId}: refunded: 300 here, 100 at Stripe`)
    expect(await tip(tipId)).toMatchObject({ status: 'partly_refunded', refunded_amount: 300 })
  })
})
