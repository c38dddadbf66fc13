import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest'
import { uploadLimits } from '#lib/domain/limits/upload-limits.ts'
import { buyBySdk } from '#lib/test-payments/testing/buy-by-sdk.ts'
import { completeOriginal, completeUpload, startUpload } from '../media/library.ts'
import { createOriginalAddress, createOriginalsStorage } from '../media/originals/originals-storage.ts'
import { createUploadAddresses } from '../media/upload-addresses.ts'
import { lookUpPerson } from '../revenuecat/look-up-person.ts'
import { lookUpDuePeople } from './look-up-due-people.ts'
import { reconcilePlus } from './reconcile-plus.ts'
import { type PlusPerson, startPlusWorld } from './testing/plus-world.ts'

const stack = inject('supabase')
/** Whether Plus is to be had is one setting for all: so everything about it is in this one file. */
let world: Awaited<ReturnType<typeof startPlusWorld>>
beforeAll(async () => {
  world = await startPlusWorld()
})
afterAll(() => world.stop())

const happen = async (who: PlusPerson, happening: Parameters<typeof world.control.happen>[1]) => {
  world.control.happen(who.customerId, happening)
  await world.control.settled()
}
/** Somebody who has Plus, and the world knows it. */
async function subscribed(name = 'Ana'): Promise<PlusPerson> {
  const who = await world.signIn(name)
  world.control.buy(who.customerId)
  await world.control.settled()
  expect(await world.planOf(who)).toBe('plus')
  return who
}
/** What happens while no news comes through. */
async function inSilence(act: () => void) {
  const known = new Set(world.control.notifications().map(({ id }) => id))
  world.control.hold()
  act()
  return world.control
    .notifications()
    .map(({ id }) => id)
    .filter((id) => !known.has(id))
}
const outcomeOf = async (response: Response) => ({
  status: response.status,
  ...((await response.json()) as { outcome?: string }),
})

describe('Plus', () => {
  it('is there once it is bought by RevenueCat’s SDK for the person', async () => {
    const { access, planOf, signIn } = world
    const ana = await signIn('Ana')
    expect(await planOf(ana)).toBe('standard')
    await buyBySdk(access.publicApiUrl, ana.customerId)
    await world.control.settled()
    expect(await planOf(ana)).toBe('plus')
  })

  it('is there for whoever comes back before the news does, and for nobody who did not pay (attack 34)', async () => {
    const { control, lookUp, planOf, signIn } = world
    const [ana, ben] = [await signIn('Ana'), await signIn('Ben')]
    await inSilence(() => control.buy(ana.customerId))
    expect(await planOf(ana)).toBe('standard')
    expect(await lookUp(ana)).toMatchObject({
      plan: 'plus',
      subscription: { isActive: true, isSandbox: true },
    })
    expect(await lookUp(ben)).toMatchObject({ plan: 'standard', subscription: null })
    await control.release()
  })

  it('is told at RevenueCat to nobody who knows no more of somebody than everybody in a room', async () => {
    const ana = await subscribed()
    expect(await lookUpPerson(world.access, ana.id)).toMatchObject({ productId: null })
    expect(await lookUpPerson(world.access, ana.customerId)).toMatchObject({ productId: 'plus_monthly' })
  })

  it('is nothing for guests, who could lose it with their browser', async () => {
    const { enter, lookUp } = world
    await expect(lookUp(await enter('Gus'))).rejects.toMatchObject({ code: 'not_allowed' })
  })

  it.each([
    ['cancel', 'plus', { isCancelled: true }],
    ['pause', 'plus', { isCancelled: false }],
    ['billing_issue', 'plus', { hasBillingIssue: true }],
    ['renew', 'plus', { isCancelled: false, hasBillingIssue: false }],
    ['expire', 'standard', { isActive: false, isRefunded: false }],
    ['refund', 'standard', { isActive: false, isRefunded: true }],
  ] as const)('after %s is %s', async (happening, plan, subscription) => {
    const ana = await subscribed()
    await happen(ana, happening)
    const { data } = await ana.db.rpc('my_plan')
    expect(data).toMatchObject({ plan, subscription })
  })

  it('comes back when it is bought again', async () => {
    const ana = await subscribed()
    await happen(ana, 'refund')
    world.control.buy(ana.customerId)
    await world.control.settled()
    expect(await world.planOf(ana)).toBe('plus')
  })

  it('moves with a transfer, to one person (attack 36)', async () => {
    const { control, planOf, signIn } = world
    const [ana, ben] = [await subscribed(), await signIn('Ben')]
    control.transfer(ana.customerId, ben.customerId)
    await control.settled()
    expect([await planOf(ana), await planOf(ben)]).toEqual(['standard', 'plus'])
  })

  it('of the sandbox counts for nothing where it is real (attack 35)', async () => {
    const { control, planOf, setMode, signIn } = world
    const [ana, ben] = [await subscribed(), await signIn('Ben')]
    control.buy(ben.customerId, { isSandbox: false })
    await control.settled()
    await setMode('live')
    expect([await planOf(ana), await planOf(ben)]).toEqual(['standard', 'plus'])
    await setMode('test')
  })
})

describe('the worker', () => {
  it('finds a renewal of which no news came, before its person misses anything for long', async () => {
    const { control, deps, endedAgo, planOf } = world
    const ana = await subscribed()
    await inSilence(() => control.happen(ana.customerId, 'renew'))
    await endedAgo([{ who: ana, interval: '1 minute' }])
    expect(await planOf(ana)).toBe('standard')
    expect(await lookUpDuePeople(deps)).toBe(1)
    expect(await planOf(ana)).toBe('plus')
    expect(await lookUpDuePeople(deps)).toBe(0)
    await control.release()
  })

  it('lets nobody wait where one look-up fails', async () => {
    const { control, deps, endedAgo, planOf } = world
    const [ana, ben] = [await subscribed(), await subscribed('Ben')]
    await inSilence(() => {
      for (const { customerId } of [ana, ben]) control.happen(customerId, 'renew')
    })
    await endedAgo([
      { who: ana, interval: '1 minute' },
      { who: ben, interval: '2 minutes' },
    ])
    control.failNext('unavailable')
    await expect(lookUpDuePeople(deps)).rejects.toMatchObject({ errors: [{ code: 'unavailable' }] })
    const plans = [await planOf(ana), await planOf(ben)]
    expect(plans.sort()).toEqual(['plus', 'standard'])
    await endedAgo([
      { who: ana, interval: '1 hour' },
      { who: ben, interval: '1 hour' },
    ])
    expect(await lookUpDuePeople(deps)).toBe(2)
    expect([await planOf(ana), await planOf(ben)]).toEqual(['plus', 'plus'])
    await control.release()
  })
})

describe('reconciling', () => {
  it('finds and puts right what no notification told, and finds nothing then', async () => {
    const { control, deps, planOf } = world
    const [ana, ben, eva] = [await subscribed(), await subscribed('Ben'), await world.signIn('Eva')]
    const since = Date.now() - 60_000
    expect(await differencesOf(since, ana, ben, eva)).toEqual([])
    await inSilence(() => {
      control.happen(ana.customerId, 'refund')
      control.happen(ben.customerId, 'cancel')
      control.buy(eva.customerId)
    })
    const found = await differencesOf(since, ana, ben, eva)
    expect(found).toHaveLength(2)
    for (const { id } of [ana, eva]) expect(found.join()).toContain(id)
    expect(await Promise.all([ana, ben, eva].map(planOf))).toEqual(['standard', 'plus', 'plus'])
    expect(await differencesOf(since, ana, ben, eva)).toEqual([])
    await control.release()

    async function differencesOf(sinceInMs: number, ...people: PlusPerson[]): Promise<string[]> {
      const { differences } = await reconcilePlus(deps, sinceInMs)
      return differences.filter((line) => people.some(({ id }) => line.includes(id)))
    }
  })
})

describe('a notification', () => {
  it('counts once, however often it comes, and in any order', async () => {
    const { control, planOf } = world
    const ana = await subscribed()
    const ids = await inSilence(() => {
      control.happen(ana.customerId, 'cancel')
      control.happen(ana.customerId, 'resume')
      control.happen(ana.customerId, 'expire')
    })
    for (const id of [...ids].reverse()) {
      expect(await control.deliver(id)).toBe(200)
      expect(await control.deliver(id)).toBe(200)
      expect(await planOf(ana)).toBe('standard')
    }
    await control.release()
    expect(await planOf(ana)).toBe('standard')
  })

  it('whose look-up is late does not bring back what has ended since', async () => {
    const { access, deps, planOf } = world
    const ana = await subscribed()
    const late = await lookUpPerson(access, ana.customerId)
    await happen(ana, 'expire')
    expect(await planOf(ana)).toBe('standard')
    const { data } = await deps.service.rpc('apply_entitlements', { p_facts: [late] })
    expect(data).toEqual({ outcome: 'unchanged' })
    expect(await planOf(ana)).toBe('standard')
  })

  it('is asked for again where RevenueCat cannot be asked', async () => {
    const { control, planOf, signIn } = world
    const ana = await signIn('Ana')
    const [id = ''] = await inSilence(() => control.buy(ana.customerId))
    control.failNext('unavailable')
    expect(await control.deliver(id)).toBe(503)
    control.failNext('connection_reset')
    expect(await control.deliver(id)).toBe(503)
    expect(await planOf(ana)).toBe('standard')
    expect(await control.deliver(id)).toBe(200)
    expect(await planOf(ana)).toBe('plus')
    await control.release()
  })

  it('of a transfer changes both or nobody', async () => {
    const { control, planOf, signIn } = world
    const [ana, ben] = [await subscribed(), await signIn('Ben')]
    const [id = ''] = await inSilence(() => control.transfer(ana.customerId, ben.customerId))
    control.failNext('unavailable')
    expect(await control.deliver(id)).toBe(503)
    expect([await planOf(ana), await planOf(ben)]).toEqual(['plus', 'standard'])
    expect(await control.deliver(id)).toBe(200)
    expect([await planOf(ana), await planOf(ben)]).toEqual(['standard', 'plus'])
    await control.release()
  })

  it('of nobody here, or only for trying it out, is taken and says nothing', async () => {
    const { receive, request } = world
    const test = { id: 'a', type: 'TEST', app_user_id: '$RCAnonymousID:0123' }
    const stranger = { id: 'b', type: 'RENEWAL', app_user_id: crypto.randomUUID() }
    expect(await outcomeOf(await receive(request({ event: test })))).toEqual({
      status: 200,
      outcome: 'ignored',
    })
    expect(await outcomeOf(await receive(request({ event: stranger })))).toEqual({
      status: 200,
      outcome: 'unchanged',
    })
  })
})

describe('nobody but RevenueCat', () => {
  it.each<[string, Record<string, string>]>([
    ['none', {}],
    ['another', { authorization: 'Bearer that nobody knows' }],
    ['a part of it', { authorization: 'Bearer that only' }],
  ])('is listened to: the header is %s (attack 29)', async (_, headers) => {
    const { control, planOf, receive, request, signIn } = world
    const ana = await signIn('Ana')
    await inSilence(() => control.buy(ana.customerId))
    const notification = control.notifications().at(-1)
    const response = await receive(request(notification?.body, headers))
    expect(response.status).toBe(403)
    expect(await response.json()).toEqual({ error: { code: 'not_allowed', field: 'authorization' } })
    expect(await planOf(ana)).toBe('standard')
    await control.release()
  })

  it('says what somebody has: a notification that promises it makes us look, and no more', async () => {
    const { planOf, receive, request, signIn } = world
    const ana = await signIn('Ana')
    const event = {
      ...{
        id: crypto.randomUUID(),
        type: 'INITIAL_PURCHASE',
        app_user_id: ana.customerId,
        environment: 'PRODUCTION',
      },
      ...{ entitlement_ids: ['plus'], expiration_at_ms: Date.now() + 1e9, product_id: 'plus_monthly' },
    }
    expect(await outcomeOf(await receive(request({ api_version: '1.0', event })))).toEqual({
      status: 200,
      outcome: 'applied',
    })
    expect(await planOf(ana)).toBe('standard')
  })

  it.each([
    ['is no JSON', '{', 400, 'invalid_input'],
    ['is no notification', '{"event":{"id":1}}', 400, 'invalid_input'],
    ['is huge', `{"event":"${'x'.repeat(300_000)}"}`, 413, 'too_large'],
  ])('sends what %s, so it is refused', async (_, body, status, code) => {
    const { receive, request } = world
    const response = await receive(request(body))
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error: { code } })
  })
})

const minuteInMs = 60_000
const start = async ({ db }: PlusPerson, bytes = 1_000): Promise<string> => {
  const trackId = crypto.randomUUID()
  const source = { name: 'song.wma', bytes, sha256: 'a'.repeat(64) }
  await startUpload(db, { trackId, title: 'Song', artist: null, source })
  return trackId
}

describe('what hangs on the plan', () => {
  let ana: PlusPerson
  let ben: PlusPerson
  beforeAll(async () => {
    ;[ana, ben] = [await subscribed(), await world.signIn('Ben')]
  })

  it('lets the worker hold each track to the plan of its owner', async () => {
    const found = async (who: PlusPerson) => {
      const trackId = await start(who)
      await completeUpload(who.db, trackId, {} as never)
      return (await world.database.findUploadedTrack(trackId))?.maxDurationInMs
    }
    expect([await found(ana), await found(ben)]).toEqual([240 * minuteInMs, 90 * minuteInMs])
  })

  it('lets who has Plus alone put the best rendition there', async () => {
    const ask = async (who: PlusPerson, rendition: string) => {
      const paths = [`${rendition}/init.mp4`]
      const track = { userId: who.id, trackId: await start(who) }
      return (await createUploadAddresses(who.db, { ...track, paths })).addresses
    }
    expect(await ask(ana, '256k')).toMatchObject([{ status: 'open' }])
    expect(await ask(ben, '128k')).toMatchObject([{ status: 'open' }])
    await expect(ask(ben, '256k')).rejects.toMatchObject({ code: 'not_allowed' })
  })

  it('takes a large original from who has Plus alone, and the worker finds and removes it', async () => {
    const bytes = uploadLimits.originalMaxBytes + 1
    const bens = await start(ben, bytes)
    await expect(createOriginalAddress(ben.db, { userId: ben.id, trackId: bens })).rejects.toMatchObject({
      code: 'not_allowed',
    })
    const trackId = await start(ana, bytes)
    const { url } = await createOriginalAddress(ana.db, { userId: ana.id, trackId })
    const body = new Blob(['sound'], { type: 'application/octet-stream' })
    const stored = await fetch(stack.url + url, {
      method: 'PUT',
      body,
      headers: { 'content-type': body.type, apikey: stack.publishableKey },
    })
    expect(stored.status).toBe(200)
    await completeOriginal(ana.db, trackId, false)

    const original = await world.database.findOriginal(trackId)
    expect(original).toMatchObject({
      bucket: 'large-originals',
      maxBytes: 1024 ** 3,
      maxDurationInMs: 240 * minuteInMs,
      renditions: ['64k', '128k', '256k'],
    })
    if (!original) throw new Error('There is no original.')
    const place = await mkdtemp(path.join(tmpdir(), 'large-original-'))
    onTestFinished(() => rm(place, { recursive: true }))
    const file = path.join(place, 'original')
    const originals = createOriginalsStorage(world.deps.service)
    const { signal } = new AbortController()
    expect(await originals.copyTo(original, file, signal)).toBe(true)
    expect(await readFile(file, 'utf8')).toBe('sound')
    await expect(originals.copyTo({ ...original, maxBytes: 4 }, file, signal)).rejects.toThrow('more than 4')
    await originals.remove(original.folder)
    expect(await originals.copyTo(original, file, signal)).toBe(false)
  })
})
