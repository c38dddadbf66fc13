import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadGivenTip } from './given-tip.ts'
import { loadPaymentAccount, onboard, openDashboard } from './payment-account.ts'
import { loadReceivedTips } from './received-tips.ts'
import { reconcile } from './reconcile.ts'
import { refundTip } from './refund-tip.ts'
import { loadSessionTips } from './session-tips.ts'
import { origin, startTipWorld } from './testing/tip-world.ts'

let world: Awaited<ReturnType<typeof startTipWorld>>
beforeAll(async () => {
  world = await startTipWorld()
})
afterAll(() => world.stop())

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
    expect((await loadSessionTips(dj.db, sessionId, 'test')).canBeTipped).toBe(true)
    expect((await loadSessionTips(dj.db, sessionId, 'off')).canBeTipped).toBe(false)
    control.restrictAccount(accountId)
    await control.settled()
    expect((await loadSessionTips(dj.db, sessionId, 'test')).canBeTipped).toBe(false)
    await expect(open()).rejects.toMatchObject({ code: 'tips_off' })
    expect(await loadPaymentAccount(deps, dj.id)).toMatchObject({ disabledReason: 'rejected.other' })
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
    expect(tips).toMatchObject([{ tipId, ...shown, feeAmount: 100 }])
    expect(totals).toMatchObject([{ currency: 'eur', livemode: false, tips: 1, net: 900 }])
    const { currencies, top } = await loadSessionTips(dj.db, sessionId, 'test')
    expect(top).toEqual([{ name: 'Luis', amount: 1_000 }])
    expect(currencies.find(({ currency }) => currency === 'jpy')).toMatchObject({
      decimals: 0,
      minAmount: 300,
    })
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
})
