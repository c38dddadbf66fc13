import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { limits } from '#lib/domain/limits/limits.ts'
import { type Actor, person, refusal, refused, sql } from './people.ts'
import { publishedTrack, type Room, room } from './rooms.ts'

type Lease = { leaseId: string; presentUntil: number }
type Beat = { leaseId?: string; rev?: number | null; positionInMs?: number | null; at?: number | null }

let dj: Actor
let ana: Actor
let party: Room
const durationInMs = 60_000

beforeEach(async () => {
  ;[dj, ana] = await Promise.all([person('DJ Sol'), person('Ana')])
  party = await room(dj, [ana])
  await party.ask(dj, await publishedTrack(dj, { durationInMs }))
  await party.command(dj, 'play')
})

const claim = (who: Actor) => who.call<Lease>('claim_lease', { p_session_id: party.id })
const beat = (
  who: Actor,
  lease: Lease,
  { leaseId, rev = 1, positionInMs = 10_000, at = Date.now() }: Beat = {},
) =>
  who.call<{ presentUntil: number; rev: number }>('record_heartbeat', {
    p_session_id: party.id,
    p_lease_id: leaseId ?? lease.leaseId,
    p_rev: rev,
    p_position_ms: positionInMs,
    p_at_ms: at,
  })

describe('a heartbeat', () => {
  it('prolongs the lease, and tells the room where the DJ is without moving the timeline', async () => {
    const lease = await claim(dj)
    const before = await party.snapshot(ana)
    const { presentUntil, rev } = await beat(dj, lease, { positionInMs: 12_345.6 })
    expect(rev).toBe(1)
    expect(presentUntil).toBeGreaterThan(Date.now() + limits.leaseDurationInMs - 1_000)
    const after = await party.snapshot(ana)
    expect(after.playback).toEqual(before.playback)
    expect(after.dj).toEqual({ rev: before.dj.rev + 1, presentUntil, positionInMs: 12_345.6 })
    const told = (await party.sent()).find(({ state }) => state?.dj?.rev === after.dj.rev)
    expect(told).toMatchObject({
      from: after.seq,
      to: after.seq,
      items: [],
      state: { dj: after.dj, playback: after.playback, tallies: after.tallies },
    })
  })

  it('may say that the DJ hears nothing', async () => {
    const lease = await claim(dj)
    await beat(dj, lease, { positionInMs: null })
    expect((await party.snapshot(ana)).dj.positionInMs).toBeNull()
  })

  it('is not taken from somebody else, even with the right lease (attack 11)', async () => {
    const lease = await claim(dj)
    expect(await refused(beat(ana, lease))).toBe('lease_lost')
    expect(await refused(beat(dj, lease, { leaseId: randomUUID() }))).toBe('lease_lost')
    expect(await refused(claim(ana))).toBe('not_allowed')
    const stranger = await person('Stranger')
    expect(await refused(claim(stranger))).toBe('not_allowed')
    expect(await refused(beat(stranger, lease))).toBe('lease_lost')
  })

  it('of the former holder is refused after a handover (attack 12)', async () => {
    const former = await claim(dj)
    await dj.call('set_member_role', { p_session_id: party.id, p_user_id: ana.id, p_role: 'co_dj' })
    const lease = await claim(ana)
    expect(await refused(beat(dj, former))).toBe('lease_lost')
    await beat(ana, lease)
    await dj.call('set_member_role', { p_session_id: party.id, p_user_id: ana.id, p_role: 'listener' })
    expect(await refused(beat(ana, lease))).toBe('lease_lost')
    expect((await party.snapshot(dj)).dj.presentUntil).toBeNull()
  })

  it('of whoever takes over goes on without a gap, and the timeline does not notice', async () => {
    await dj.call('set_member_role', { p_session_id: party.id, p_user_id: ana.id, p_role: 'co_dj' })
    const former = await claim(dj)
    await beat(dj, former)
    const before = await party.snapshot(ana)
    const lease = await claim(ana)
    await beat(ana, lease, { positionInMs: 50_000 })
    const after = await party.snapshot(dj)
    expect(after.playback).toEqual(before.playback)
    expect(after.dj.presentUntil).toBeGreaterThanOrEqual(before.dj.presentUntil ?? 0)
    const present = (await party.sent()).flatMap(({ state }) => (state?.dj ? [state.dj.presentUntil] : []))
    expect(present.every((until) => until !== null && until > Date.now())).toBe(true)
  })

  it.each<[string, (lease: Lease) => Promise<unknown>]>([
    ['without a lease', (lease) => beat(dj, lease, { leaseId: randomUUID(), positionInMs: 40_000 })],
    ['by somebody else', (lease) => beat(ana, lease, { positionInMs: 40_000 })],
    ['for an older timeline', (lease) => beat(dj, lease, { rev: 0, positionInMs: 40_000 })],
    ['for a timeline to come', (lease) => beat(dj, lease, { rev: 9, positionInMs: 40_000 })],
    ['from long ago', (lease) => beat(dj, lease, { at: Date.now() - 60_000, positionInMs: 40_000 })],
    ['that is valid, but far from where the music is', (lease) => beat(dj, lease, { positionInMs: 40_000 })],
  ])('%s never moves the timeline (attacks 11 to 14)', async (_, attempt) => {
    const lease = await claim(dj)
    const [before] =
      await sql`select to_jsonb(p) - array['lease_id', 'lease_holder', 'present_until', 'dj_rev',
      'dj_position_ms', 'dj_at_ms', 'spoke_at'] as timeline from playback p where session_id = ${party.id}`
    await attempt(lease).catch(() => undefined)
    const [after] =
      await sql`select to_jsonb(p) - array['lease_id', 'lease_holder', 'present_until', 'dj_rev',
      'dj_position_ms', 'dj_at_ms', 'spoke_at'] as timeline from playback p where session_id = ${party.id}`
    expect(after).toEqual(before)
  })

  it('of a second tab takes the lease from the first', async () => {
    const first = await claim(dj)
    await claim(dj)
    expect(await refused(beat(dj, first))).toBe('lease_lost')
  })

  it.each([2, null])('for rev %s is stale while the timeline is at 1 (attack 13)', async (rev) => {
    const lease = await claim(dj)
    expect(await refusal(beat(dj, lease, { rev }))).toEqual({ code: 'stale', detail: { rev: 1 } })
  })

  it('that crossed a change of the timeline is told its newer rev, and changes nothing', async () => {
    const lease = await claim(dj)
    await party.command(dj, 'pause')
    const before = await party.snapshot(ana)
    const sentBefore = (await party.sent()).length
    const answer = await beat(dj, lease, { rev: 1, positionInMs: 2 * durationInMs })
    expect(answer).toEqual({ presentUntil: lease.presentUntil, rev: before.playback.rev })
    expect(answer.rev).toBeGreaterThan(1)
    expect(await party.snapshot(ana)).toMatchObject({ playback: before.playback, dj: before.dj })
    expect(await party.sent()).toHaveLength(sentBefore)
  })

  it('without the lease is refused, whatever its rev', async () => {
    const lease = await claim(dj)
    await party.command(dj, 'pause')
    expect(await refused(beat(ana, lease, { rev: 1 }))).toBe('lease_lost')
    expect(await refused(beat(dj, lease, { rev: 1, leaseId: randomUUID() }))).toBe('lease_lost')
  })

  it.each([
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['minus infinity', Number.NEGATIVE_INFINITY],
    ['a negative number', -0.1],
    ['beyond the end of the track', durationInMs + 1],
    ['huge', 1e308],
  ])('with the position %s is refused (attack 14)', async (_, positionInMs) => {
    const lease = await claim(dj)
    const before = (await party.snapshot(ana)).dj
    expect(await refusal(beat(dj, lease, { positionInMs }))).toMatchObject({
      code: 'invalid_input',
      detail: { field: 'positionInMs' },
    })
    expect((await party.snapshot(ana)).dj).toEqual(before)
  })

  it.each([
    ['NaN', () => Number.NaN],
    ['infinity', () => Number.POSITIVE_INFINITY],
    ['minus infinity', () => Number.NEGATIVE_INFINITY],
    ['missing', () => null],
    ['11 s ago', () => Date.now() - 11_000],
    ['11 s ahead', () => Date.now() + 11_000],
  ])('whose time is %s is refused (attack 14)', async (_, at) => {
    const lease = await claim(dj)
    expect(await refusal(beat(dj, lease, { at: at() }))).toMatchObject({
      code: 'invalid_input',
      detail: { field: 'at' },
    })
  })

  it('that was overtaken on its way changes nothing', async () => {
    const lease = await claim(dj)
    await beat(dj, lease, { positionInMs: 20_000 })
    const before = (await party.snapshot(ana)).dj
    await beat(dj, lease, { positionInMs: 15_000, at: Date.now() - 5_000 })
    expect((await party.snapshot(ana)).dj).toEqual(before)
  })

  it('does not hold the log up: it takes no number', async () => {
    const lease = await claim(dj)
    const { seq } = await party.snapshot(ana)
    await beat(dj, lease)
    expect((await party.snapshot(ana)).seq).toBe(seq)
  })

  it('goes on beside commands without a deadlock', async () => {
    const lease = await claim(dj)
    await sql`update private.rate_counters set used = 0 where subject = ${dj.id}`
    await Promise.all([
      ...Array.from({ length: 10 }, () => beat(dj, lease)),
      ...Array.from({ length: 10 }, (_, n) => party.command(ana, 'send_message', { p_text: `hi ${n}` })),
    ])
    expect((await party.snapshot(ana)).messages).toHaveLength(10)
  })
})
