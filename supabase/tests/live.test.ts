import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Actor, anon, person, refused, service, sql } from './people.ts'
import { type Room, room } from './rooms.ts'

let dj: Actor
let ana: Actor
let party: Room
let leaseId: string
const init = 'a'.repeat(64)
const second = 48_000

beforeEach(async () => {
  ;[dj, ana] = await Promise.all([person('DJ Sol'), person('Ana')])
  party = await room(dj, [ana])
  leaseId = (await dj.call<{ leaseId: string }>('claim_lease', { p_session_id: party.id })).leaseId
})

type Start = { lease?: string; streamId?: string; mode?: string; startsAt?: number; gain?: number }
const start = async (
  who: Actor,
  { lease = leaseId, streamId = randomUUID(), mode = 'talk', startsAt = Date.now(), gain = 0.2 }: Start = {},
) => {
  await who.call('start_live', {
    p_session_id: party.id,
    p_lease_id: lease,
    p_stream_id: streamId,
    p_mode: mode,
    p_starts_at_ms: startsAt,
    p_duck_gain: gain,
  })
  return { streamId, startsAt }
}
const admit = (who: Actor, streamId: string, lease = leaseId) =>
  who.call('admit_live_segment', { p_stream_id: streamId, p_lease_id: lease })
const end = (who: Actor, streamId: string, endsAt = Date.now(), lease = leaseId) =>
  who.call('end_live', { p_stream_id: streamId, p_lease_id: lease, p_ends_at_ms: endsAt })
const publish = (
  streamId: string,
  number: number,
  startsAt: number,
  from: number,
  samples = second,
  sha = init,
) =>
  service.call('publish_live_segment', {
    p_stream_id: streamId,
    p_number: number,
    p_starts_at_ms: startsAt,
    p_start_in_samples: from,
    p_duration_in_samples: samples,
    p_init_hash: sha,
  })
const live = async () => (await party.snapshot(ana)).live
const playlist = (streamId: string) =>
  service.call<{
    hasEnded: boolean
    segments: { number: number; isGap: boolean; startsAtInMs: number }[]
  } | null>('live_playlist', { p_stream_id: streamId })
const told = async () =>
  (await party.sent()).flatMap(({ items }) =>
    items.flatMap((item) => (item.kind === 'live.changed' ? [item.payload] : [])),
  )

describe('a live stream', () => {
  it('is heard of with its first segment, and again at its end', async () => {
    const { streamId, startsAt } = await start(dj)
    expect(await live()).toBeNull()
    expect(await playlist(streamId)).toBeNull()
    await publish(streamId, 1, startsAt - 2_000, 0)
    const onAir = {
      streamId,
      mode: 'talk',
      startsAtInMs: startsAt,
      endsAtInMs: null,
      duckGain: expect.closeTo(0.2),
    }
    expect(await live()).toEqual(onAir)
    await publish(streamId, 2, startsAt - 1_000, second)
    await publish(streamId, 3, startsAt, 2 * second)
    await end(dj, streamId, startsAt + 700)
    expect(await live()).toEqual({ ...onAir, endsAtInMs: startsAt + 700 })
    expect(await told()).toEqual([onAir, { ...onAir, endsAtInMs: startsAt + 700 }])
    expect(await playlist(streamId)).toMatchObject({ hasEnded: true })
    expect(await refused(admit(dj, streamId))).toBe('session_ended')
    expect(await refused(publish(streamId, 4, startsAt + 1_000, 3 * second))).toBe('session_ended')
  })

  it('never sounds longer than what was sent of it', async () => {
    const { streamId, startsAt } = await start(dj)
    await publish(streamId, 1, startsAt, 0)
    await end(dj, streamId, startsAt + 9_000)
    expect(await live()).toMatchObject({ endsAtInMs: startsAt + 1_000 })
  })

  it('gives way to the next one, and a repeated start changes nothing', async () => {
    const first = await start(dj)
    await publish(first.streamId, 1, first.startsAt, 0)
    await start(dj, { streamId: first.streamId })
    expect(await live()).toMatchObject({ streamId: first.streamId, endsAtInMs: null })
    const next = await start(dj, { mode: 'set', gain: 0 })
    await publish(next.streamId, 1, next.startsAt, 0)
    expect(await live()).toMatchObject({
      streamId: next.streamId,
      mode: 'set',
      duckGain: 0,
      endsAtInMs: null,
    })
    expect(await refused(admit(dj, first.streamId))).toBe('session_ended')
  })

  it('ends when nothing more comes of it, or with its session', async () => {
    const { streamId, startsAt } = await start(dj)
    await publish(streamId, 1, startsAt, 0)
    await sql`update live_streams set spoke_at = now() - interval '44 seconds' where id = ${streamId}`
    await service.call('sweep_live')
    expect(await live()).toMatchObject({ endsAtInMs: null })
    await sql`update live_streams set spoke_at = now() - interval '46 seconds' where id = ${streamId}`
    await service.call('sweep_live')
    expect(await live()).toMatchObject({ endsAtInMs: startsAt + 1_000 })

    const next = await start(dj)
    await publish(next.streamId, 1, next.startsAt, 0)
    await party.command(dj, 'end_session')
    expect(await playlist(next.streamId)).toMatchObject({ hasEnded: true })
  })

  it('is forgotten after a while, and its files are left to the worker', async () => {
    const { streamId, startsAt } = await start(dj)
    await publish(streamId, 1, startsAt, 0)
    await end(dj, streamId)
    await sql`update live_streams set ended_at = now() - interval '3 minutes' where id = ${streamId}`
    await service.call('sweep_live')
    expect(await playlist(streamId)).toBeNull()
    expect(await sql`select prefix from deleted_tracks where track_id = ${streamId}`).toEqual([
      { prefix: `live/${streamId}` },
    ])
  })
})

describe('segments', () => {
  it('that were left out are gaps', async () => {
    const { streamId, startsAt } = await start(dj)
    await publish(streamId, 1, startsAt, 0)
    await publish(streamId, 4, startsAt + 3_010, 3 * second)
    const list = await playlist(streamId)
    expect(list?.segments.map(({ number, isGap }) => [number, isGap])).toEqual([
      [1, false],
      [2, true],
      [3, true],
      [4, false],
    ])
    expect(list?.segments.map((segment) => Math.round(segment.startsAtInMs - startsAt))).toEqual([
      0, 1_000, 2_005, 3_010,
    ])
  })

  it('may be repeated, but not rewritten, overlap, run ahead or change their format', async () => {
    const { streamId, startsAt } = await start(dj)
    await publish(streamId, 1, startsAt, 0)
    await publish(streamId, 2, startsAt + 1_000, second)
    expect(await publish(streamId, 1, startsAt - 900, 77)).toEqual({ number: 2 })
    expect(await refused(publish(streamId, 3, startsAt + 2_000, second))).toBe('invalid_input')
    expect(await refused(publish(streamId, 3, startsAt + 2_000, 3 * second))).toBe('invalid_input')
    expect(await refused(publish(streamId, 3, startsAt + 2_100, 2 * second))).toBe('invalid_input')
    expect(await refused(publish(streamId, 3, Number.NaN, 2 * second))).toBe('invalid_input')
    expect(await refused(publish(streamId, 3, startsAt + 2_000, 2 * second, second, 'b'.repeat(64)))).toBe(
      'invalid_input',
    )
    expect((await playlist(streamId))?.segments).toHaveLength(2)
    expect(await refused(publish(streamId, 30, startsAt + 29_000, 29 * second))).toBe('invalid_input')
  })
})

describe('nobody else', () => {
  it('goes on air: not without the lease, not without the right to play', async () => {
    expect(await refused(start(dj, { lease: randomUUID() }))).toBe('lease_lost')
    expect(await refused(start(ana))).toBe('not_allowed')
    expect(await refused(start(await person('Stranger')))).toBe('not_allowed')
    expect(await refused(start(anon))).toBe('42501')
    for (const wrong of [
      { mode: 'other' },
      { gain: 1.1 },
      { gain: Number.NaN },
      { startsAt: Number.NaN },
      { startsAt: 0 },
    ])
      expect(await refused(start(dj, wrong))).toBe('invalid_input')
  })

  it('sends or ends what somebody else sends', async () => {
    const { streamId, startsAt } = await start(dj)
    await admit(dj, streamId)
    expect(await refused(admit(ana, streamId))).toBe('not_found')
    expect(await refused(end(ana, streamId))).toBe('not_found')
    await dj.call('set_member_role', { p_session_id: party.id, p_user_id: ana.id, p_role: 'co_dj' })
    expect(await refused(admit(ana, streamId))).toBe('lease_lost')
    const { leaseId: taken } = await ana.call<{ leaseId: string }>('claim_lease', {
      p_session_id: party.id,
      p_takes_over: true,
    })
    expect(await refused(admit(ana, streamId, taken))).toBe('lease_lost')
    expect(await refused(admit(dj, streamId))).toBe('lease_lost')
    await end(ana, streamId, startsAt, taken)
    const own = await start(ana, { lease: taken })
    await publish(own.streamId, 1, own.startsAt, 0)
    await end(ana, own.streamId, own.startsAt + 500, taken)
  })

  it('names segments: that is for the server, which has looked at them', async () => {
    const { streamId, startsAt } = await start(dj)
    const args = { p_stream_id: streamId, p_number: 1, p_starts_at_ms: startsAt, p_start_in_samples: 0 }
    const whole = { ...args, p_duration_in_samples: second, p_init_hash: init }
    expect(await refused(dj.call('publish_live_segment', whole))).toBe('42501')
    expect(await refused(dj.call('live_playlist', { p_stream_id: streamId }))).toBe('42501')
    expect(await refused(dj.call('sweep_live'))).toBe('42501')
    for (const table of ['live_streams', 'live_segments'])
      expect(await refused(dj.query(`select * from public.${table}`))).toBe('42501')
  })
})

describe('the lease of who is on air', () => {
  const claim = (who: Actor, takesOver = false) =>
    who.call<{ leaseId: string }>('claim_lease', { p_session_id: party.id, p_takes_over: takesOver })
  const quiet = (seconds: number) =>
    sql`update live_streams set spoke_at = clock_timestamp() - make_interval(secs => ${seconds}) where session_id = ${party.id}`

  /** So long ago is now what was sent. */
  const pass = async (seconds: number) => {
    await quiet(seconds)
    await sql`update live_streams set starts_at_ms = starts_at_ms - ${seconds * 1_000} where session_id = ${party.id}`
    await sql`update live_segments set starts_at_ms = starts_at_ms - ${seconds * 1_000}
      where stream_id in (select id from live_streams where session_id = ${party.id})`
  }

  it('stays where it is when the DJ opens the session in another window', async () => {
    const { streamId, startsAt } = await start(dj)
    expect(await refused(claim(dj))).toBe('on_air')
    await publish(streamId, 1, startsAt, 0)
    expect(await refused(claim(dj))).toBe('on_air')
    await admit(dj, streamId)
  })

  it('stays through 20 seconds without a network and the time to come back, and no longer', async () => {
    const { streamId, startsAt } = await start(dj)
    await publish(streamId, 1, startsAt, 0)
    // The network was away for 20 seconds; the last segment before and the first attempts after it took time too.
    await pass(26)
    expect(await refused(claim(dj))).toBe('on_air')
    await admit(dj, streamId)
    await publish(streamId, 27, startsAt, 26 * second)
    expect((await playlist(streamId))?.segments.at(-1)).toMatchObject({ number: 27, isGap: false })
    await quiet(29)
    expect(await refused(claim(dj))).toBe('on_air')
    await quiet(31)
    const { leaseId: next } = await claim(dj)
    expect(await refused(admit(dj, streamId))).toBe('lease_lost')
    await end(dj, streamId, Date.now(), next)
  })

  it('is taken over by who says so, and free again after the broadcast', async () => {
    const { streamId } = await start(dj)
    const { leaseId: taken } = await claim(dj, true)
    expect(await refused(admit(dj, streamId))).toBe('lease_lost')
    // What was left open by a lease that is no more keeps nobody out.
    await claim(dj)
    const { streamId: second } = await start(dj, { lease: (await claim(dj)).leaseId })
    expect(taken).not.toBe(leaseId)
    await sql`update live_streams set ended_at = clock_timestamp() where id = ${second}`
    await claim(dj)
  })
})
