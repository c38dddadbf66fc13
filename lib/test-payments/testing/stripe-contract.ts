import Stripe from 'stripe'
import { describe, expect, it, onTestFinished } from 'vitest'
import { lineItem } from './start-for-test.ts'

/** Stripe, or what stands in for it. */
export type StripeWorld = {
  stripe: Stripe
  /** Takes a test's account away again, where it would stay. */
  deleteAccount?: (accountId: string) => Promise<unknown>
}

const now = () => Math.floor(Date.now() / 1000)
const newKey = () => ({ idempotencyKey: crypto.randomUUID() })
const returnUrls = { refresh_url: 'http://app.test/again', return_url: 'http://app.test/back' }

/** More than four levels (docs.stripe.com/expand). */
const tooDeep = 'payment_intent.latest_charge.payment_intent.latest_charge.refunds'

/** The page for a tip whose money stays with the platform. */
const order: Stripe.Checkout.SessionCreateParams = {
  mode: 'payment',
  ui_mode: 'hosted_page',
  line_items: [lineItem(500, 'eur')],
  success_url: 'http://app.test/paid',
  cancel_url: 'http://app.test/back',
  client_reference_id: 'tip-1',
  metadata: { tip_id: 'tip-1' },
  adaptive_pricing: { enabled: false },
  submit_type: 'pay',
}

/** What the app relies on at Stripe, as far as no page has to be filled in and no money moves. */
export function describeStripe(name: string, start: () => Promise<StripeWorld>): void {
  describe(`accounts at ${name}`, { timeout: 60_000 }, () => {
    /** A new account as the app makes it; nobody has told Stripe anything about it. */
    async function startAccount() {
      const { stripe, deleteAccount } = await start()
      const requested = { requested: true }
      const { id } = await stripe.accounts.create({
        type: 'express',
        capabilities: { card_payments: requested, transfers: requested },
        metadata: { user_id: 'dj-1' },
      })
      onTestFinished(async () => {
        await deleteAccount?.(id)
      })
      return { stripe, account: id }
    }

    it('begin with everything due, and cannot be sent money', async () => {
      const { stripe, account } = await startAccount()
      expect(await stripe.accounts.retrieve(account)).toMatchObject({
        id: account,
        object: 'account',
        type: 'express',
        capabilities: { card_payments: 'inactive', transfers: 'inactive' },
        charges_enabled: false,
        details_submitted: false,
        metadata: { user_id: 'dj-1' },
        payouts_enabled: false,
        requirements: { currently_due: expect.arrayContaining(['external_account']) },
      })
      await expect(
        stripe.checkout.sessions.create({
          ...order,
          payment_intent_data: { transfer_data: { destination: account } },
        }),
      ).rejects.toMatchObject({ code: 'insufficient_capabilities_for_transfer' })
    })

    it('are onboarded by a link, and have no dashboard before', async () => {
      const { stripe, account } = await startAccount()
      const link = await stripe.accountLinks.create({ account, type: 'account_onboarding', ...returnUrls })
      expect(link).toMatchObject({ object: 'account_link', url: expect.stringMatching(/^https?:/) })
      expect(link.expires_at).toBeGreaterThan(link.created)
      await expect(
        stripe.accountLinks.create({ account, type: 'account_update', ...returnUrls }),
      ).rejects.toThrow(Stripe.errors.StripeInvalidRequestError)
      await expect(stripe.accounts.createLoginLink(account)).rejects.toMatchObject({ statusCode: 400 })
    })

    it('of others are not shown', async () => {
      const { stripe } = await start()
      await expect(stripe.accounts.retrieve('acct_1')).rejects.toMatchObject({ code: 'account_invalid' })
    })
  })

  describe(`Checkout at ${name}`, { timeout: 60_000 }, () => {
    it('opens a page, which is looked up and listed', async () => {
      const { stripe } = await start()
      const session = await stripe.checkout.sessions.create(order)
      expect(session).toMatchObject({
        object: 'checkout.session',
        amount_total: 500,
        currency: 'eur',
        client_reference_id: 'tip-1',
        metadata: { tip_id: 'tip-1' },
        adaptive_pricing: { enabled: false },
        submit_type: 'pay',
        livemode: false,
        payment_intent: null,
        payment_status: 'unpaid',
        status: 'open',
        url: expect.stringMatching(/^https?:/),
      })
      expect(session.expires_at).toBeGreaterThan(session.created + 23 * 3600)
      const expand = ['payment_intent.latest_charge.balance_transaction']
      expect(await stripe.checkout.sessions.retrieve(session.id, { expand })).toMatchObject({
        id: session.id,
        payment_intent: null,
      })
      const { data } = await stripe.checkout.sessions.list({ created: { gte: session.created }, limit: 100 })
      expect(data.map(({ id }) => id)).toContain(session.id)
    })

    it('opens one page for one key, and refuses the key with anything else', async () => {
      const { stripe } = await start()
      const { sessions } = stripe.checkout
      const key = newKey()
      const first = await sessions.create(order, key)
      const second = await sessions.create(order, key)
      expect(second).toEqual(first)
      expect(second.lastResponse.headers['idempotent-replayed']).toBe('true')
      const refused = { rawType: 'idempotency_error', statusCode: 400 }
      await expect(
        sessions.create({ ...order, line_items: [lineItem(600, 'eur')] }, key),
      ).rejects.toMatchObject(refused)
      await expect(sessions.expire(first.id, {}, key)).rejects.toMatchObject(refused)
      expect(await sessions.retrieve(first.id)).toMatchObject({ status: 'open' })
    })

    it('takes a key again after parameters that were refused before anything was done', async () => {
      const { stripe } = await start()
      const { sessions } = stripe.checkout
      const key = newKey()
      await expect(sessions.create({ ...order, success_url: 'paid' }, key)).rejects.toMatchObject({
        code: 'url_invalid',
      })
      expect(await sessions.create(order, key)).toMatchObject({ status: 'open' })
    })

    it('closes a page once', async () => {
      const { stripe } = await start()
      const { sessions } = stripe.checkout
      const { id } = await sessions.create(order)
      expect(await sessions.expire(id)).toMatchObject({ status: 'expired', url: null })
      await expect(sessions.expire(id)).rejects.toMatchObject({ statusCode: 400 })
      expect(await sessions.retrieve(id)).toMatchObject({ status: 'expired', payment_status: 'unpaid' })
    })
  })

  describe(`wrong requests at ${name}`, { timeout: 60_000 }, () => {
    it.each<[string, object, string | undefined, string | undefined]>([
      ['an unknown parameter', { colour: 'red' }, 'parameter_unknown', 'colour'],
      [
        'an unknown nested parameter',
        { line_items: [{ ...lineItem(500, 'eur'), colour: 'red' }] },
        'parameter_unknown',
        'line_items[0][colour]',
      ],
      [
        'a fraction',
        { line_items: [lineItem(5.5, 'eur')] },
        'parameter_invalid_integer',
        'line_items[0][price_data][unit_amount]',
      ],
      ['an empty text', { client_reference_id: '' }, 'parameter_invalid_empty', 'client_reference_id'],
      ['no address', { success_url: 'paid' }, 'url_invalid', 'success_url'],
      ['less than the least', { line_items: [lineItem(49, 'eur')] }, 'amount_too_small', undefined],
      ['less than the least yen', { line_items: [lineItem(49, 'jpy')] }, 'amount_too_small', undefined],
      ['an expiry too near', { expires_at: now() + 29 * 60 }, undefined, 'expires_at'],
      ['an expiry too far', { expires_at: now() + 25 * 3600 }, undefined, 'expires_at'],
      [
        'a fee without destination',
        { payment_intent_data: { application_fee_amount: 1 } },
        undefined,
        undefined,
      ],
      ['too deep a wish', { expand: [tooDeep] }, undefined, undefined],
    ])('are refused: %s', async (_what, changes, code, param) => {
      const { stripe } = await start()
      const refusal = await stripe.checkout.sessions.create({ ...order, ...changes }).catch((error) => error)
      expect(refusal).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError)
      if (code) expect(refusal.code).toBe(code)
      if (param) expect(refusal.param).toBe(param)
      expect(refusal.requestId).toMatch(/^req_/)
    })

    it('are refused: without what is required', async () => {
      const { stripe } = await start()
      await expect(
        stripe.rawRequest('POST', '/v1/account_links', { account: 'acct_1' }),
      ).rejects.toMatchObject({ code: 'parameter_missing', param: 'type' })
    })

    it.each<[string, (stripe: Stripe) => Promise<unknown>]>([
      ['page', ({ checkout }) => checkout.sessions.retrieve('cs_test_1')],
      ['payment', ({ paymentIntents }) => paymentIntents.retrieve('pi_1')],
      ['charge', ({ charges }) => charges.retrieve('ch_1')],
      ['refund', ({ refunds }) => refunds.retrieve('re_1')],
      ['charge to refund', ({ refunds }) => refunds.create({ charge: 'ch_1' })],
      ['dispute', ({ disputes }) => disputes.retrieve('du_1')],
      ['event', ({ events }) => events.retrieve('evt_1')],
    ])('are refused: no such %s', async (_what, ask) => {
      const { stripe } = await start()
      await expect(ask(stripe)).rejects.toMatchObject({ code: 'resource_missing', statusCode: 404 })
    })
  })
}
