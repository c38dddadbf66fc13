import { randomBytes, randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { notificationKinds } from '#lib/domain/notifications/kinds.ts'
import {
  type ClaimedNotification,
  claimedNotificationsSchema,
} from '#lib/server/push/claimed-notification.ts'
import { applyFacts, beginTip, givenBack, paidFacts, paidTip, payable } from './money.ts'
import { type Actor, anon, person, refusal, refused, service, sql } from './people.ts'
import { publishedTrack, type Room, room } from './rooms.ts'

let dj: Actor
let ana: Actor
let ben: Actor

beforeEach(async () => {
  // One outbox for all: what other tests left there is not these tests' concern.
  await sql`delete from private.notifications`
  ;[dj, ana, ben] = await Promise.all([person('DJ Sol'), person('Ana'), person('Ben')])
})

const browser = () => ({
  p_channel: 'web',
  p_address: `https://push.example/${randomUUID()}`,
  p_public_key: randomBytes(65).toString('base64url'),
  p_secret: randomBytes(16).toString('base64url'),
  p_locale: 'en',
})
const addBrowser = async (who: Actor) => {
  const device = browser()
  await who.call('add_push_device', device)
  return device
}
const follow = (who: Actor) =>
  sql`insert into follows (follower_id, followed_id) values (${who.id}, ${dj.id})`
const claim = async (max = 100): Promise<ClaimedNotification[]> =>
  claimedNotificationsSchema.parse(await service.call('claim_notifications', { p_max: max }))
const settle = (
  { id, attempt }: ClaimedNotification,
  leftFor: string[] = [],
  retryInMs: number | null = null,
) =>
  service.call<{ settled: boolean }>('settle_notification', {
    p_id: id,
    p_attempt: attempt,
    p_left_for: leftFor,
    p_retry_in_ms: retryInMs,
  })
const outbox = () => sql`
  select kind, topic, attempts, settled_at is not null as settled, due_at > now() as later from private.notifications order by due_at`
const quiet = (who: Actor, from: string | null, until: string | null, mutedKinds: string[] = []) =>
  who.call('save_notification_settings', {
    p_muted_kinds: mutedKinds,
    p_quiet_from: from,
    p_quiet_until: until,
    p_time_zone: 'UTC',
  })
/** Hours from now by the clock in UTC, as quiet hours are written. */
const wall = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString().slice(11, 16)

describe('a DJ who goes live', () => {
  it('is news for followers with a device, once each, whatever devices they have', async () => {
    await Promise.all([follow(ana), follow(ben)])
    const devices = [await addBrowser(ana), await addBrowser(ana)]
    const party = await room(dj)
    const [told, ...more] = await claim()
    expect(more).toEqual([])
    expect(told).toMatchObject({
      kind: 'dj_live',
      attempt: 1,
      topic: `dj_live:${dj.id}`,
      payload: { slug: party.slug, title: 'Vinyl night', djName: 'DJ Sol' },
    })
    expect(told?.devices.map(({ address }) => address)).toEqual(devices.map(({ p_address }) => p_address))
  })

  it.each(['unlisted', 'private'])('in a session that is %s is nobody’s news', async (visibility) => {
    await follow(ana)
    await addBrowser(ana)
    await room(dj, [], { visibility })
    expect(await outbox()).toEqual([])
  })

  it('and has ended before anybody was told, is no news any more', async () => {
    await follow(ana)
    await addBrowser(ana)
    const party = await room(dj)
    await party.command(dj, 'end_session')
    expect(await outbox()).toEqual([])
  })

  it('again, is told instead of the time before', async () => {
    await follow(ana)
    await addBrowser(ana)
    await room(dj)
    const second = await room(dj)
    const told = await claim()
    expect(told.map(({ payload }) => payload)).toMatchObject([{ slug: second.slug }])
  })

  it('is told of in the language of the person, else of the device', async () => {
    await follow(ana)
    await ana.call('add_push_device', { ...browser(), p_locale: 'es' })
    await room(dj)
    expect((await claim())[0]?.devices).toMatchObject([{ locale: 'es' }])
    await ana.call('update_profile', { p_locale: 'en' })
    await room(dj)
    expect((await claim())[0]?.devices).toMatchObject([{ locale: 'en' }])
  })
})

describe('a tip', () => {
  let party: Room
  beforeEach(async () => {
    party = await room(dj, [ana])
    await payable(dj)
    await addBrowser(dj)
  })

  it('is told to its DJ, with as much as they may know', async () => {
    await paidTip(party, ana, { p_shows_amount: false })
    expect(await claim()).toMatchObject([
      {
        kind: 'tip_received',
        topic: `tip_received:${dj.id}`,
        payload: { name: 'Ana', amount: 1_000, currency: 'eur', title: 'Vinyl night' },
      },
    ])
    await paidTip(party, ana, { p_is_anonymous: true, p_message: 'It is me' })
    const told = await claim()
    expect(told).toMatchObject([{ payload: { name: null } }])
    expect(JSON.stringify(told)).not.toMatch(/Ana|It is me/)
  })

  it('is not told where the console is open, by whoever holds it', async () => {
    await dj.call('claim_lease', { p_session_id: party.id })
    await paidTip(party, ana)
    expect(await claim()).toEqual([])
    await sql`update playback set present_until = now() - interval '1 second' where session_id = ${party.id}`
    await paidTip(party, ana)
    expect(await claim()).toHaveLength(1)
    await dj.call('set_member_role', { p_session_id: party.id, p_user_id: ana.id, p_role: 'co_dj' })
    await ana.call('claim_lease', { p_session_id: party.id })
    await paidTip(party, ana)
    expect(await claim()).toHaveLength(1)
  })

  it('is told once, and instead of those before it', async () => {
    await paidTip(party, ana)
    const last = await paidTip(party, ana, { p_amount: 2_000 })
    await applyFacts({ ...(await paidFacts(last)), ...givenBack(500) })
    expect(await claim()).toMatchObject([{ payload: { amount: 2_000 } }])
    expect(await claim()).toEqual([])
  })

  it('is news after the session too, and none where the DJ does not want it', async () => {
    await paidTip(party, ana)
    const late = await beginTip(party, ana, { p_amount: 2_000 })
    await party.command(dj, 'end_session')
    expect(await claim()).toMatchObject([{ payload: { amount: 1_000 } }])
    await applyFacts(await paidFacts(late))
    expect(await claim()).toMatchObject([{ payload: { amount: 2_000 } }])
    await quiet(dj, null, null, ['tip_received'])
    const next = await room(dj, [ana])
    await paidTip(next, ana)
    expect(await claim()).toEqual([])
  })
})

describe('a track that is next', () => {
  let party: Room
  const playUntilNext = async () => {
    await party.ask(dj, await publishedTrack(dj, { durationInMs: 60_000 }))
    await party.command(dj, 'play')
    await party.ask(ana, await publishedTrack(dj, { title: 'Noche' }))
    await party.pass(50_000)
    await service.call('advance_due_sessions')
  }
  beforeEach(async () => {
    party = await room(dj, [ana])
    await Promise.all([addBrowser(ana), addBrowser(dj)])
  })

  it('is told to whoever asked for it, and not to who plays', async () => {
    await playUntilNext()
    const told = await claim()
    expect(told).toMatchObject([
      { kind: 'track_next', payload: { slug: party.slug, title: 'Vinyl night', trackTitle: 'Noche' } },
    ])
    const [owner] = await sql`select user_id from private.notifications`
    expect(owner?.user_id).toBe(ana.id)
  })

  it('is not told to the DJ who put it there', async () => {
    await party.ask(dj, await publishedTrack(dj, { durationInMs: 60_000 }))
    await party.command(dj, 'play')
    await party.ask(dj, await publishedTrack(dj))
    await party.pass(50_000)
    await service.call('advance_due_sessions')
    expect((await party.snapshot(dj)).playback).toHaveProperty('next')
    expect(await outbox()).toEqual([])
  })

  it('and is given back to the queue, is not told; next again, it is', async () => {
    await playUntilNext()
    await party.command(dj, 'pause')
    expect(await outbox()).toEqual([])
    await party.command(dj, 'play')
    expect(await outbox()).toMatchObject([{ kind: 'track_next', settled: false }])
  })

  it('is told only once, also when it is given back after that', async () => {
    await playUntilNext()
    for (const told of await claim()) await settle(told)
    await party.command(dj, 'pause')
    await party.command(dj, 'play')
    expect(await claim()).toEqual([])
  })
})

describe('claiming', () => {
  const fans = async (count: number) => {
    const people = await Promise.all(Array.from({ length: count }, (_, index) => person(`Fan ${index}`)))
    await Promise.all(people.map(addBrowser))
    await Promise.all(people.map(follow))
    await room(dj)
  }

  it('by two at once gives nothing to both, and all of it to one of them', async () => {
    await fans(12)
    const claims = await service.transaction(async (first) => {
      const claimIn = async (max: number) => {
        const [row] = await first`select public.claim_notifications(${max}) as claimed`
        return claimedNotificationsSchema.parse(row?.claimed)
      }
      const held = await claimIn(5)
      // The first has not committed yet, so what it holds is locked: the second passes it by and waits for nothing.
      return [held, await claim(100)]
    })
    const ids = claims.flat().map(({ id }) => id)
    expect(claims.map(({ length }) => length)).toEqual([5, 7])
    expect(new Set(ids).size).toBe(12)
    expect(await claim()).toEqual([])
  })

  it('by many who do not wait for each other never gives anything twice', async () => {
    await fans(20)
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim(5)))
    const ids = claims.flat().map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length + (await claim()).length).toBe(20)
  })

  it('is over after a minute, and whoever claimed before settles nothing any more', async () => {
    await fans(1)
    const [first] = await claim()
    await sql`update private.notifications set due_at = now() - interval '1 second'`
    const [second] = await claim()
    expect([first?.attempt, second?.attempt]).toEqual([1, 2])
    if (!first || !second) throw new Error('nothing was claimed')
    expect(await settle(first)).toEqual({ settled: false })
    expect(await settle(second)).toEqual({ settled: true })
  })

  it('comes again for the devices that are left, at their time', async () => {
    await follow(ana)
    const left = await addBrowser(ana)
    await addBrowser(ana)
    await room(dj)
    const [told] = await claim()
    const device = told?.devices.find(({ address }) => address === left.p_address)
    if (!told || !device) throw new Error('nothing was claimed')
    await settle(told, [device.id], 30_000)
    expect(await claim()).toEqual([])
    await sql`update private.notifications set due_at = due_at - interval '30 seconds'`
    expect((await claim()).map(({ devices }) => devices)).toEqual([[device]])
  })

  it('ends with the eighth attempt, and with what is too old', async () => {
    await fans(1)
    for (let attempt = 1; attempt <= 8; attempt++) {
      const [told] = await claim()
      if (!told) throw new Error(`nothing at attempt ${attempt}`)
      await settle(told, [randomUUID()], 0)
    }
    expect(await outbox()).toMatchObject([{ attempts: 8, settled: true }])
    await room(dj)
    await sql`update private.notifications set expires_at = now() where settled_at is null`
    expect(await claim()).toEqual([])
    expect((await outbox()).every(({ settled }) => settled)).toBe(true)
  })

  it('leaves out what its person muted', async () => {
    await Promise.all([addBrowser(ana), follow(ana)])
    await room(dj)
    await quiet(ana, null, null, ['dj_live'])
    expect(await claim()).toEqual([])
    expect(await outbox()).toMatchObject([{ settled: true }])
    await room(dj)
    expect(await outbox()).toHaveLength(1)
  })

  it('waits for the end of quiet hours, and drops what is too old by then', async () => {
    await Promise.all([addBrowser(ana), follow(ana)])
    await quiet(ana, wall(-1), wall(2))
    await room(dj)
    expect(await claim()).toEqual([])
    expect(await outbox()).toMatchObject([{ settled: false, later: true, attempts: 0 }])
    await quiet(ana, wall(-1), wall(5))
    await sql`update private.notifications set due_at = now()`
    expect(await claim()).toEqual([])
    expect(await outbox()).toMatchObject([{ settled: true }])
  })
})

describe('the time zone of a profile', () => {
  it('goes before that of the device on which quiet hours were chosen', async () => {
    await Promise.all([addBrowser(ana), follow(ana)])
    await ana.call('update_profile', { p_time_zone: 'Asia/Tokyo' })
    await quiet(ana, wall(8), wall(11))
    expect(await ana.call('notification_settings')).toMatchObject({ timeZone: 'Asia/Tokyo' })
    await room(dj)
    expect(await claim()).toEqual([])
    await ana.call('update_profile', { p_time_zone: '' })
    expect(await ana.call('notification_settings')).toMatchObject({ timeZone: 'UTC' })
    await sql`update private.notifications set due_at = now()`
    expect(await claim()).toHaveLength(1)
  })
})

describe('quiet hours', () => {
  const endsAt = async (at: string, from: string, until: string, zone: string) => {
    const [row] = await sql<{ at: Date | null }[]>`
      select private.quiet_ends_at(${at}, ${from}, ${until}, ${zone}) as at`
    return row?.at?.toISOString().slice(0, 16) ?? null
  }

  it.each([
    ['in the evening, across midnight', '2026-11-27T23:30Z', '23:00', '08:00', 'UTC', '2026-11-28T08:00'],
    ['after midnight', '2026-11-28T03:00Z', '23:00', '08:00', 'UTC', '2026-11-28T08:00'],
    ['at their first instant', '2026-11-27T23:00Z', '23:00', '08:00', 'UTC', '2026-11-28T08:00'],
    ['at their end', '2026-11-28T08:00Z', '23:00', '08:00', 'UTC', null],
    ['in the afternoon', '2026-11-27T15:00Z', '23:00', '08:00', 'UTC', null],
    ['within one day', '2026-11-27T13:10Z', '13:00', '14:30', 'UTC', '2026-11-27T14:30'],
    ['by the clock in Madrid', '2026-11-27T22:30Z', '23:00', '08:00', 'Europe/Madrid', '2026-11-28T07:00'],
    ['by the clock in Kolkata', '2026-11-27T17:30Z', '23:00', '08:00', 'Asia/Kolkata', '2026-11-28T02:30'],
    // Clocks in Madrid go forward at 01:00Z on 29 March 2026, back at 01:00Z on 25 October.
    [
      'in the night that is an hour shorter',
      '2026-03-28T23:00Z',
      '23:00',
      '08:00',
      'Europe/Madrid',
      '2026-03-29T06:00',
    ],
    [
      'in the night that is an hour longer',
      '2026-10-24T22:00Z',
      '23:00',
      '08:00',
      'Europe/Madrid',
      '2026-10-25T07:00',
    ],
    [
      'until an hour that does not exist',
      '2026-03-29T00:30Z',
      '23:00',
      '02:30',
      'Europe/Madrid',
      '2026-03-29T01:30',
    ],
    [
      'in the hour that comes twice, again',
      '2026-10-25T01:10Z',
      '23:00',
      '02:30',
      'Europe/Madrid',
      '2026-10-25T01:30',
    ],
  ])('%s', async (_when, at, from, until, zone, expected) => {
    expect(await endsAt(at, from, until, zone)).toBe(expected)
  })
})

describe('settings', () => {
  it('begin with everything on, and are what was saved', async () => {
    expect(await ana.call('notification_settings')).toEqual({
      mutedKinds: [],
      quietHours: null,
      timeZone: null,
    })
    const saved = await ana.call('save_notification_settings', {
      p_muted_kinds: ['track_next'],
      p_quiet_from: '23:00',
      p_quiet_until: '08:00',
      p_time_zone: 'America/Argentina/Buenos_Aires',
    })
    expect(saved).toEqual({
      mutedKinds: ['track_next'],
      quietHours: { from: '23:00', until: '08:00' },
      timeZone: 'America/Argentina/Buenos_Aires',
    })
    expect(await ana.call('notification_settings')).toEqual(saved)
    expect(await ben.call('notification_settings')).toMatchObject({ mutedKinds: [] })
  })

  it.each([
    ['mutedKinds', { p_muted_kinds: ['everything'] }],
    ['mutedKinds', { p_muted_kinds: null }],
    ['timeZone', { p_time_zone: 'Mars/Olympus' }],
    ['timeZone', { p_time_zone: 'XYZ+3' }],
    ['timeZone', { p_time_zone: null }],
    ['quietHours', { p_quiet_from: '23:00' }],
    ['quietHours', { p_quiet_from: '23:00', p_quiet_until: '23:00' }],
    ['quietHours', { p_quiet_from: '24:00', p_quiet_until: '08:00' }],
    ['quietHours', { p_quiet_from: 'infinity', p_quiet_until: '08:00' }],
  ])('do not take %s as %o', async (field, values) => {
    const attempt = ana.call('save_notification_settings', {
      p_muted_kinds: [],
      p_quiet_from: null,
      p_quiet_until: null,
      p_time_zone: 'UTC',
      ...values,
    })
    expect(await refusal(attempt)).toEqual({ code: 'invalid_input', detail: { field } })
  })

  it('know the same kinds as the app', async () => {
    const [row] = await sql`select enum_range(null::private.notification_kind)::text[] as kinds`
    expect(row?.kinds).toEqual(notificationKinds)
  })
})

describe('a device', () => {
  const owners = (address: string) => sql`
    select user_id from private.push_devices where address = ${address}`

  it('belongs to whoever added it last, if they hold its keys', async () => {
    const device = await addBrowser(ana)
    expect(await refused(ben.call('add_push_device', { ...device, p_secret: browser().p_secret }))).toBe(
      'not_allowed',
    )
    expect(await ben.call('has_push_device', { p_address: device.p_address })).toEqual({ known: false })
    await ben.call('add_push_device', device)
    expect(await ben.call('has_push_device', { p_address: device.p_address })).toEqual({ known: true })
    expect(await owners(device.p_address)).toEqual([{ user_id: ben.id }])
    expect(await ana.call('remove_push_device', { p_address: device.p_address })).toEqual({ removed: false })
    expect(await ben.call('remove_push_device', { p_address: device.p_address })).toEqual({ removed: true })
  })

  it('takes the place of the one that it replaces', async () => {
    const [before, others] = [await addBrowser(ana), await addBrowser(ben)]
    const after = browser()
    await ana.call('add_push_device', { ...after, p_replaces: before.p_address })
    await ana.call('add_push_device', { ...after, p_replaces: others.p_address })
    expect(await owners(before.p_address)).toEqual([])
    expect(await owners(others.p_address)).toHaveLength(1)
  })

  it('is forgotten with the auth session in which it was added, whose token adds none any more', async () => {
    const [session] = await sql`insert into auth.sessions (user_id) values (${ana.id}) returning id`
    const device = browser()
    const add = () =>
      ana.transaction(async (tx) => {
        const claims = { sub: ana.id, role: 'authenticated', session_id: session?.id }
        await tx`select set_config('request.jwt.claims', ${JSON.stringify(claims)}, true)`
        await tx`select public.add_push_device('web', ${device.p_address}, ${device.p_public_key}, ${device.p_secret}, 'en')`
      })
    await add()
    await sql`delete from auth.sessions where id = ${session?.id}`
    expect(await owners(device.p_address)).toEqual([])
    expect(await refused(add())).toBe('not_signed_in')
    expect(await owners(device.p_address)).toEqual([])
  })

  it('is one of ten: the oldest goes', async () => {
    const devices = []
    for (let count = 0; count < 11; count++) devices.push(await addBrowser(ana))
    const rows = await sql`select address from private.push_devices where user_id = ${ana.id}`
    expect(rows).toHaveLength(10)
    expect(await owners(devices[0]?.p_address ?? '')).toEqual([])
  })

  it.each([
    { p_address: 'ftp://push.example/x' },
    { p_address: `https://push.example/${'x'.repeat(1_000)}` },
    { p_public_key: 'short' },
    { p_secret: null },
    { p_channel: 'pigeon' },
    { p_locale: 'fr' },
    { p_channel: 'expo', p_address: 'ExponentPushToken[abc]' },
    { p_channel: 'expo', p_address: 'ExponentPushToken[a]b]', p_public_key: null, p_secret: null },
  ])('is not added with %o', async (values) => {
    expect(await refused(ana.call('add_push_device', { ...browser(), ...values }))).toBe('23514')
  })

  it('of a native app is its Expo token', async () => {
    const token = `ExponentPushToken[${randomUUID()}]`
    await ana.call('add_push_device', { p_channel: 'expo', p_address: token, p_locale: 'es' })
    expect(await owners(token)).toEqual([{ user_id: ana.id }])
  })

  it('that its service no longer knows is forgotten, with its receipts', async () => {
    const device = await addBrowser(ana)
    const [row] = await sql`select id from private.push_devices where address = ${device.p_address}`
    const receipt = { ticket: randomUUID(), deviceId: row?.id }
    expect(await service.call('keep_push_receipts', { p_receipts: [receipt] as never })).toBe(1)
    expect(await service.call('claim_push_receipts', { p_max: 10 })).toEqual([])
    await sql`update private.push_receipts set ask_at = now() where ticket = ${receipt.ticket}`
    expect(await service.call('claim_push_receipts', { p_max: 10 })).toEqual([receipt])
    expect(await service.call('claim_push_receipts', { p_max: 10 })).toEqual([])
    expect(await service.call('forget_push_devices', { p_ids: [row?.id] })).toBe(1)
    expect(await owners(device.p_address)).toEqual([])
  })

  it('is nobody’s to read, and nobody but the server claims', async () => {
    for (const who of [ana, anon, service]) {
      for (const table of ['push_devices', 'push_receipts', 'notifications', 'notification_settings'])
        expect(await refused(who.query(`select * from private.${table}`))).toBe('42501')
    }
    for (const who of [ana, anon]) {
      expect(await refused(who.call('claim_notifications', { p_max: 1 }))).toBe('42501')
      expect(await refused(who.call('forget_push_devices', { p_ids: [] }))).toBe('42501')
    }
    expect(await refused(anon.call('add_push_device', browser()))).toBe('42501')
    expect(await refused(anon.call('notification_settings'))).toBe('42501')
  })
})

describe('the outbox', () => {
  it('remembers an event for two days after it was settled', async () => {
    await Promise.all([addBrowser(ana), follow(ana)])
    await room(dj)
    for (const told of await claim()) await settle(told)
    expect(await sql`select payload from private.notifications`).toEqual([{ payload: {} }])
    await service.call('tidy_notifications')
    expect(await outbox()).toHaveLength(1)
    await sql`update private.notifications set settled_at = now() - interval '49 hours'`
    await service.call('tidy_notifications')
    expect(await outbox()).toEqual([])
  })
})
