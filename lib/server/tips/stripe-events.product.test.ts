import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { loadGivenTip } from './given-tip.ts'
import { startTipWorld } from './testing/tip-world.ts'

let world: Awaited<ReturnType<typeof startTipWorld>>
beforeAll(async () => {
  world = await startTipWorld()
})
afterAll(() => world.stop())
// Also where a test fails: the news that it holds back are no other's.
afterEach(() => world.control.release())

const outcomeOf = async (response: Response) => ({
  status: response.status,
  outcome: ((await response.json()) as { outcome?: string }).outcome,
})

/** A tip whose page is paid while no news comes through; `release` hands over what waits. */
async function paidInSilence() {
  const { control, openRoom, pay } = world
  const { open, ...room } = await openRoom()
  const { tipId } = await open()
  const known = new Set(control.events().map(({ id }) => id))
  control.hold()
  const charge = await pay(tipId)
  const newEvents = () => control.events().filter(({ id }) => !known.has(id))
  return { ...room, tipId, charge, newEvents }
}

describe('events of Stripe', () => {
  it('count once, however often they come (attack 31)', async () => {
    const { control, tip, toldOf } = world
    const { tipId, newEvents } = await paidInSilence()
    const [paid] = newEvents()
    if (!paid) throw new Error('Nothing happened.')
    const answers = await Promise.all([1, 2, 3].map(() => control.deliver(paid.id)))
    expect(answers).toEqual([200, 200, 200])
    await control.release()
    expect(await tip(tipId)).toMatchObject({ status: 'paid' })
    expect(toldOf(tipId)).toHaveLength(1)
  })

  it('may come in any order: a refund before the payment (attack 32)', async () => {
    const { control, stripe, tip, toldOf } = world
    const { tipId, charge, newEvents } = await paidInSilence()
    await stripe.refunds.create({ charge, reverse_transfer: true, refund_application_fee: true })
    await control.release(
      newEvents()
        .map(({ id }) => id)
        .reverse(),
    )
    expect(await tip(tipId)).toMatchObject({ status: 'refunded', fee_refunded_amount: 100 })
    // It is given back already: nobody thanks for it.
    expect(toldOf(tipId)).toEqual([])
  })

  it('leave a page open where a card was declined, and close it where its time is over', async () => {
    const { control, checkoutOf, openRoom, tip } = world
    const { open } = await openRoom()
    const { tipId } = await open()
    control.pay(await checkoutOf(tipId), 'declined')
    await control.settled()
    expect(await tip(tipId)).toMatchObject({ status: 'open' })
    control.expireSession(await checkoutOf(tipId))
    await control.settled()
    expect(await tip(tipId)).toMatchObject({ status: 'expired' })
  })

  it('are asked for again where Stripe cannot be asked', async () => {
    const { control, tip } = world
    const { tipId, newEvents } = await paidInSilence()
    const [paid] = newEvents()
    control.failNext('GET /v1/checkout/sessions/:id', 'unavailable', 3)
    expect(await control.deliver(paid?.id ?? '')).toBe(503)
    expect(await tip(tipId)).toMatchObject({ status: 'open' })
    expect(await control.deliver(paid?.id ?? '')).toBe(200)
    expect(await tip(tipId)).toMatchObject({ status: 'paid' })
  })

  it('of other things are taken and say nothing', async () => {
    const { receive, signed } = world
    const event = {
      id: 'evt_other',
      object: 'event',
      livemode: false,
      type: 'payout.paid',
      data: { object: {} },
    }
    expect(await outcomeOf(await receive(signed(event)))).toEqual({ status: 200, outcome: 'ignored' })
  })
})

describe('nobody but Stripe', () => {
  it.each([
    ['forged (attack 29)', { secret: 'whsec_guessed' }],
    ['replayed after 300 s (attack 30)', { ageInSeconds: 301 }],
  ])('is believed: an event that is %s', async (_what, signature) => {
    const { receive, signed, tip } = world
    const { tipId, newEvents } = await paidInSilence()
    const [paid] = newEvents()
    const response = await receive(signed({ ...paid }, signature))
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ error: { code: 'invalid_input', field: 'stripe-signature' } })
    expect(await tip(tipId)).toMatchObject({ status: 'open' })
    // The very same is believed with the right signature, while it is young enough.
    const asItShouldBe = await receive(signed({ ...paid }, { ageInSeconds: 290 }))
    expect(await outcomeOf(asItShouldBe)).toEqual({ status: 200, outcome: 'applied' })
    expect(await tip(tipId)).toMatchObject({ status: 'paid' })
  })

  it('is believed with a body that was changed under its signature', async () => {
    const { receive, signed } = world
    const request = signed({ id: 'evt_1', object: 'event', type: 'account.updated' })
    const { headers } = request
    const changed = new Request(request.url, { method: 'POST', body: '{"id":"evt_2"}', headers })
    expect((await receive(changed)).status).toBe(400)
  })

  it('says that something was paid: not a test event in live mode (attack 33)', async () => {
    const { deps, receive, signed, tip } = world
    const { tipId, newEvents } = await paidInSilence()
    const [paid] = newEvents()
    const live = { access: { ...deps.access, livemode: true } }
    expect(await outcomeOf(await receive(signed({ ...paid }), live))).toEqual({
      status: 200,
      outcome: 'ignored',
    })
    expect(await tip(tipId)).toMatchObject({ status: 'open' })
    expect(await outcomeOf(await receive(signed({ ...paid })))).toEqual({ status: 200, outcome: 'applied' })
  })

  it('says that something was paid: not a connected account of its own sales', async () => {
    const { receive, secrets, signed, tip } = world
    const { tipId, accountId, newEvents } = await paidInSilence()
    const [paid] = newEvents()
    const own = signed({ ...paid, account: accountId }, { secret: secrets.connectSecret })
    expect(await outcomeOf(await receive(own))).toEqual({ status: 200, outcome: 'ignored' })
    expect(await tip(tipId)).toMatchObject({ status: 'open' })
  })

  it('says that something was paid: not whoever opens the address to come back to (attack 34)', async () => {
    const { deps, openRoom, tip } = world
    const { dj, open, tipper } = await openRoom()
    const { tipId } = await open()
    expect(await loadGivenTip({ ...deps, db: tipper.db }, tipId)).toMatchObject({ status: 'open' })
    await expect(loadGivenTip({ ...deps, db: dj.db }, tipId)).rejects.toMatchObject({ code: 'not_found' })
    expect(await tip(tipId)).toMatchObject({ status: 'open' })
  })
})

describe('a tip is what SQL says', () => {
  it.each([
    ['less than may be given', { amount: 299 }, 'amount'],
    ['more than may be given', { amount: 20_001 }, 'amount'],
    ['a currency that is not offered', { currency: 'kwd' }, 'currency'],
    ['yen as if they had cents', { amount: 100_000, currency: 'jpy' }, 'amount'],
  ])('so nobody begins one of %s (attacks 26 and 27)', async (_what, wish, field) => {
    const { open } = await world.openRoom()
    await expect(open(wish)).rejects.toMatchObject({ code: 'invalid_input', field })
  })

  it.each<[string, { amount?: number; currency?: string; isForAnother?: boolean }, string]>([
    ['another amount (attack 26)', { amount: 300 }, 'amount'],
    ['another currency (attack 27)', { currency: 'usd' }, 'currency'],
    ['another recipient (attack 28)', { isForAnother: true }, 'destination'],
  ])('so %s pays nothing', async (_what, { amount = 1_000, currency = 'eur', isForAnother }, field) => {
    const { control, deps, openRoom, stripe, tip, toldOf } = world
    const { accountId, open } = await openRoom()
    const { tipId } = await open()
    const destination = isForAnother ? (await openRoom()).accountId : accountId
    const metadata = { tip_id: tipId }
    const other = await stripe.checkout.sessions.create({
      mode: 'payment',
      success_url: 'http://app.test',
      client_reference_id: tipId,
      metadata,
      line_items: [
        { quantity: 1, price_data: { currency, unit_amount: amount, product_data: { name: 'Tip' } } },
      ],
      payment_intent_data: { metadata, application_fee_amount: 100, transfer_data: { destination } },
    })
    control.pay(other.id)
    await control.settled()
    expect(await tip(tipId)).toMatchObject({ status: 'open' })
    expect(toldOf(tipId)).toEqual([])
    const { data } = await deps.service.rpc('ledger_summary')
    const { discrepancies } = data as { discrepancies: { tipId: string; fields: string[] }[] }
    expect(discrepancies.find((entry) => entry.tipId === tipId)?.fields).toContain(field)
  })
})
