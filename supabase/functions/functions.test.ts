import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import webPush from 'web-push'
import type { Rpc } from '#lib/server/db/clients.ts'
import { startPlusWorld } from '#lib/server/plus/testing/plus-world.ts'
import { addPushDevice } from '#lib/server/push/notification-settings.ts'
import { startPushService } from '#lib/server/push/testing/push-service.ts'
import { startTipWorld } from '#lib/server/tips/testing/tip-world.ts'
import { enterAs, mustCall } from '#lib/testing/people.ts'
import { type RunningFunction, startFunction } from './testing/start-function.ts'

const stack = inject('supabase')
const triggerSecret = randomUUID()
const bearer = { authorization: `Bearer ${triggerSecret}` }
const vapid = webPush.generateVAPIDKeys()
const push = await startPushService()
const sql = postgres(stack.dbUrl, { max: 2, onnotice: () => {} })
const cacheDir = await mkdtemp(path.join(tmpdir(), 'whatssound-deno-'))

let world: Awaited<ReturnType<typeof startTipWorld>>
let plus: Awaited<ReturnType<typeof startPlusWorld>>
const running = new Map<string, RunningFunction>()
beforeAll(async () => {
  world = await startTipWorld()
  plus = await startPlusWorld()
  const env = {
    SUPABASE_URL: stack.url,
    SUPABASE_PUBLISHABLE_KEYS: JSON.stringify({ default: stack.publishableKey }),
    SUPABASE_SECRET_KEYS: JSON.stringify({ default: stack.secretKey }),
    STRIPE_SECRET_KEY: 'sk_test_functions',
    STRIPE_WEBHOOK_SECRET: world.secrets.secret,
    STRIPE_CONNECT_WEBHOOK_SECRET: world.secrets.connectSecret,
    STRIPE_API_URL: world.stripeUrl,
    REVENUECAT_SECRET_KEY: plus.access.secretKey,
    REVENUECAT_WEBHOOK_AUTHORIZATION: plus.access.webhookAuthorization,
    REVENUECAT_WEB_KEY: plus.access.webKey,
    REVENUECAT_SANDBOX: 'true',
    REVENUECAT_API_URL: plus.access.apiUrl,
    VAPID_PUBLIC_KEY: vapid.publicKey,
    VAPID_PRIVATE_KEY: vapid.privateKey,
    VAPID_SUBJECT: 'mailto:push@sound.example',
    PUSH_HOSTS: push.origin,
    TRIGGER_SECRET: triggerSecret,
  }
  const names = ['stripe-webhook', 'revenuecat-webhook', 'push-dispatch', 'media-trigger']
  await Promise.all(
    names.map(async (name) => running.set(name, await startFunction(name, { env, cacheDir }))),
  )
})
afterAll(async () => {
  await Promise.all([...running.values()].map(({ stop }) => stop()))
  await Promise.all([world.stop(), plus.stop(), push.close(), sql.end(), rm(cacheDir, { recursive: true })])
})

/** Calls a function as its caller does; how it answered, and what it said. */
async function call(name: string, init: RequestInit = {}): Promise<{ status: number; body: unknown }> {
  const url = running.get(name)?.url
  if (!url) throw new Error(`${name} does not run.`)
  const response = await fetch(url, { method: 'POST', ...init })
  const text = await response.text()
  return { status: response.status, body: text ? JSON.parse(text) : null }
}
const refused = (code: string, field?: string) => ({ error: { code, ...(field && { field }) } })

describe.each([
  ['stripe-webhook', 512 * 1024],
  ['revenuecat-webhook', 256 * 1024],
  ['push-dispatch', 16 * 1024],
  ['media-trigger', 16 * 1024],
])('%s', (name, mostBytes) => {
  it('takes what is posted, and nothing else', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS'])
      expect(await call(name, { method })).toEqual({ status: 405, body: null })
  })

  it('reads no more than it may', async () => {
    const shown = name === 'revenuecat-webhook' ? { authorization: plus.access.webhookAuthorization } : bearer
    const headers = { ...shown, 'content-type': 'application/json' }
    const body = ' '.repeat(mostBytes + 1)
    expect(await call(name, { headers, body })).toEqual({ status: 413, body: refused('too_large') })
  })

  it('says what happened in lines of JSON', async () => {
    await call(name)
    const refusals = () =>
      running
        .get(name)
        ?.lines.map((line) => JSON.parse(line))
        .filter(({ msg }) => msg === 'refused')
    await expect.poll(refusals).toContainEqual(expect.objectContaining({ service: name, level: 'info' }))
  })
})

describe('stripe-webhook', () => {
  /** A tip whose page is paid while the app hears nothing, and the event that says so. */
  async function paidUnheard() {
    const { control, openRoom, pay } = world
    const { open } = await openRoom()
    const { tipId } = await open()
    const known = new Set(control.events().map(({ id }) => id))
    control.hold()
    await pay(tipId)
    const paid = control.events().find(({ id }) => !known.has(id))
    if (!paid) throw new Error('Nothing happened.')
    return { tipId, paid }
  }
  const send = async (event: object, signature: Parameters<typeof world.signed>[1] = {}) => {
    const request = world.signed(event, signature)
    return call('stripe-webhook', { headers: request.headers, body: await request.text() })
  }

  it('moves the tip forward that an event is about, once', async () => {
    const { tipId, paid } = await paidUnheard()
    expect(await world.tip(tipId)).toMatchObject({ status: 'open' })
    expect(await send(paid)).toEqual({ status: 200, body: { outcome: 'applied' } })
    expect(await world.tip(tipId)).toMatchObject({ status: 'paid' })
    expect(await send(paid)).toEqual({ status: 200, body: { outcome: 'repeated' } })
    await world.control.release()
  })

  it.each([
    ['forged', { secret: 'whsec_guessed' }],
    ['replayed', { ageInSeconds: 301 }],
  ])('believes no event that is %s', async (_what, signature) => {
    const { tipId, paid } = await paidUnheard()
    const refusal = { status: 400, body: refused('invalid_input', 'stripe-signature') }
    expect(await send(paid, signature)).toEqual(refusal)
    expect(await call('stripe-webhook', { body: JSON.stringify(paid) })).toEqual(refusal)
    expect(await world.tip(tipId)).toMatchObject({ status: 'open' })
    await world.control.release()
  })
})

describe('revenuecat-webhook', () => {
  const send = async (body: object, headers?: Record<string, string>) => {
    const request = plus.request(body, headers)
    return call('revenuecat-webhook', { headers: request.headers, body: await request.text() })
  }
  /** Somebody who bought Plus while the app hears nothing, and the notification that says so. */
  async function boughtUnheard() {
    const { control, signIn } = plus
    const ana = await signIn('Ana')
    control.hold()
    control.buy(ana.customerId)
    const bought = control.notifications().find(({ body }) => body.event.app_user_id === ana.customerId)
    if (!bought) throw new Error('Nothing happened.')
    return { ana, bought: bought.body }
  }

  it('looks up whom a notification is about, and nobody for whoever lacks the header', async () => {
    const { ana, bought } = await boughtUnheard()
    const others: Record<string, string>[] = [{}, { authorization: 'Bearer that somebody guessed' }]
    for (const headers of others)
      expect(await send(bought, headers)).toEqual({
        status: 403,
        body: refused('not_allowed', 'authorization'),
      })
    expect(await plus.planOf(ana)).toBe('standard')
    expect(await send(bought)).toMatchObject({ status: 200 })
    expect(await plus.planOf(ana)).toBe('plus')
    await plus.control.release()
  })
})

describe('what the database triggers', () => {
  it.each(['push-dispatch', 'media-trigger'])('%s: for nobody without the secret', async (name) => {
    for (const authorization of ['', triggerSecret, `Bearer ${stack.secretKey}`]) {
      const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) }
      const refusal = { status: 403, body: refused('not_allowed', 'authorization') }
      expect(await call(name, { headers, body: '{}' })).toEqual(refusal)
    }
  })
})

describe('push-dispatch', () => {
  let listener: Awaited<ReturnType<typeof enterAs>>
  let subscription: ReturnType<typeof push.subscribe>
  beforeEach(async () => {
    const [dj, ana] = await Promise.all([enterAs('Marta'), enterAs('Ana')])
    listener = ana
    subscription = push.subscribe(vapid.publicKey)
    const device = { channel: 'web', locale: 'es', ...subscription } as const
    await addPushDevice(listener.db as unknown as Rpc, device, [push.origin])
    await sql`insert into follows (follower_id, followed_id) values (${listener.id}, ${dj.id})`
    await mustCall(dj.db, 'create_session', { p_title: 'Vinyl night' })
    push.received.length = 0
  })

  it('sends what is due, encrypted for the one browser, and says so', async () => {
    const sent = { claimed: 1, messages: { sent: 1, gone: 0, later: 0, refused: 0 } }
    expect(await call('push-dispatch', { headers: bearer })).toEqual({ status: 200, body: sent })
    expect(push.received).toMatchObject([
      { endpoint: subscription.endpoint, message: { title: 'Marta está en el aire', body: 'Vinyl night' } },
    ])
    expect(push.complaints).toEqual([])
    const nothing = { claimed: 0, messages: { sent: 0, gone: 0, later: 0, refused: 0 } }
    expect(await call('push-dispatch', { headers: bearer })).toEqual({ status: 200, body: nothing })
  })

  it('claims each notification once, however many call, and forgets a browser that is no more', async () => {
    push.answerNext(subscription, { status: 410 })
    const calls = [1, 2, 3].map(() => call('push-dispatch', { headers: bearer }))
    const claims = (await Promise.all(calls)).map(({ body }) => (body as { claimed: number }).claimed)
    expect(claims.toSorted()).toEqual([0, 0, 1])
    expect(await sql`select from private.push_devices where user_id = ${listener.id}`).toEqual([])
  })
})

describe('media-trigger', () => {
  /** An original that was uploaded by its owner, who has said nothing of it since. */
  async function uploadOriginal() {
    const owner = await enterAs('Ana')
    const trackId = randomUUID()
    const source = { name: 'a.wma', bytes: 5, sha256: 'a'.repeat(64), trimsSilence: true }
    const args = { p_track_id: trackId, p_title: 'Song', p_source: source }
    const { prefix } = await mustCall<{ prefix: string }>(owner.db, 'start_upload', args)
    const bucket = owner.db.storage.from('originals')
    const { data, error } = await bucket.createSignedUploadUrl(prefix)
    if (error) throw error
    const put = await bucket.uploadToSignedUrl(prefix, data.token, new Blob(['sound']), {
      contentType: 'application/octet-stream',
    })
    if (put.error) throw put.error
    return { owner, trackId, prefix }
  }
  const objectAt = async (name: string) =>
    (await sql`select to_jsonb(o) as record from storage.objects o where name = ${name}`)[0]?.record
  /** A database webhook, as Supabase sends it. */
  const tell = (record: unknown, changes: object = {}) => {
    const event = {
      type: 'INSERT',
      schema: 'storage',
      table: 'objects',
      record,
      old_record: null,
      ...changes,
    }
    const headers = { ...bearer, 'content-type': 'application/json' }
    return call('media-trigger', { headers, body: JSON.stringify(event) })
  }
  const track = async (id: string) =>
    (await sql`select original_at, source, status from tracks where id = ${id}`)[0]

  it('hands an original to the worker, also where its browser is gone, and once', async () => {
    const { trackId, prefix } = await uploadOriginal()
    const announced: string[] = []
    const listening = await sql.listen('original_uploaded', (id) => announced.push(id))
    expect(await tell(await objectAt(prefix))).toEqual({ status: 200, body: { outcome: 'waiting' } })
    const waiting = await track(trackId)
    expect(waiting).toMatchObject({ status: 'uploading', source: { trimsSilence: true } })
    expect(waiting?.original_at).toBeInstanceOf(Date)
    await tell(await objectAt(prefix))
    expect(await track(trackId)).toEqual(waiting)
    await expect.poll(() => announced).toEqual([trackId])
    await listening.unlisten()
  })

  it('removes what no track waits for', async () => {
    const { owner, trackId, prefix } = await uploadOriginal()
    await mustCall(owner.db, 'delete_track', { p_track_id: trackId })
    expect(await tell(await objectAt(prefix))).toEqual({ status: 200, body: { outcome: 'unwanted' } })
    expect(await objectAt(prefix)).toBeUndefined()
  })

  it('believes nothing that is not so', async () => {
    const { trackId, prefix } = await uploadOriginal()
    const ignored = { status: 200, body: { outcome: 'ignored' } }
    expect(await tell({ bucket_id: 'media', name: prefix })).toEqual(ignored)
    expect(await tell({ bucket_id: 'originals', name: `${prefix}0` })).toEqual(ignored)
    expect(await tell(null, { type: 'DELETE' })).toEqual(ignored)
    expect(await track(trackId)).toMatchObject({ original_at: null })
    expect(await tell({ bucket_id: 'originals' })).toMatchObject({ status: 400 })
    expect(await tell(await objectAt(prefix), { schema: 'public' })).toMatchObject({ status: 400 })
  })
})

it('does not begin where the environment is not complete, and says what is missing', async () => {
  const env = { SUPABASE_URL: stack.url }
  await expect(startFunction('push-dispatch', { env, cacheDir })).rejects.toThrow(
    /SUPABASE_SECRET_KEY is missing/,
  )
})
