import { beforeEach, describe, expect, it } from 'vitest'
import { limits } from '#lib/domain/limits/limits.ts'
import type { Timeline } from '#lib/domain/timeline/timeline.ts'
import { type Actor, person, refusal, refused, service, sql } from './people.ts'
import { publishedTrack, type Room, room } from './rooms.ts'

let dj: Actor
let ana: Actor
let party: Room
const durationInMs = 60_000

beforeEach(async () => {
  ;[dj, ana] = await Promise.all([person('DJ Sol'), person('Ana')])
  party = await room(dj, [ana])
})

const playback = async (): Promise<Timeline> => (await party.snapshot(ana)).playback
const askFor = async (who: Actor, title: string) =>
  party.ask(who, await publishedTrack(who, { durationInMs, title }))

function playing(timeline: Timeline) {
  if (timeline.status !== 'playing') throw new Error(`expected to be playing, but is ${timeline.status}`)
  return timeline
}
function paused(timeline: Timeline) {
  if (timeline.status !== 'paused') throw new Error(`expected to be paused, but is ${timeline.status}`)
  return timeline
}

describe('play', () => {
  it('begins with the head of the queue, a second ahead', async () => {
    const first = await askFor(ana, 'First')
    const before = Date.now()
    await party.command(dj, 'play')
    const { current, next, rev } = playing(await playback())
    expect(current).toMatchObject({ itemId: first, durationInMs })
    expect(current.startsAtInMs).toBeGreaterThanOrEqual(before + limits.startLeadInMs - 1)
    expect(current.startsAtInMs).toBeLessThanOrEqual(Date.now() + limits.startLeadInMs)
    expect(next).toBeNull()
    expect(rev).toBe(1)
  })

  it('plays a given item now: it takes over a second ahead, and the one before counts as played', async () => {
    const [first, second] = [await askFor(ana, 'First'), await askFor(ana, 'Second')]
    await party.command(dj, 'play')
    await party.pass(2_000)
    const before = Date.now()
    await party.command(dj, 'play', { p_item_id: second })
    const { current, next } = playing(await playback())
    expect([current.itemId, next?.itemId]).toEqual([first, second])
    expect(next?.startsAtInMs).toBeGreaterThanOrEqual(before + limits.startLeadInMs - 1)
    expect(next?.startsAtInMs).toBeLessThanOrEqual(Date.now() + limits.startLeadInMs)
    await party.pass(1_500)
    await service.call('advance_due_sessions')
    expect(playing(await playback()).current.itemId).toBe(second)
    const rows = await ana.query('select id, status from queue_items where session_id = $1', [party.id])
    expect(rows).toEqual(
      expect.arrayContaining([
        { id: first, status: 'played' },
        { id: second, status: 'playing' },
      ]),
    )
  })

  it('does nothing while playing, and says so with the same answer as always', async () => {
    await askFor(ana, 'First')
    await party.command(dj, 'play')
    const before = await playback()
    await expect(party.command(dj, 'play')).resolves.toMatchObject({ seq: null })
    expect(await playback()).toEqual(before)
  })

  it('has nothing to play in an empty queue', async () => {
    expect(await refused(party.command(dj, 'play'))).toBe('not_found')
  })

  it('knows neither the items of another session nor those that were played', async () => {
    const elsewhere = await room(dj)
    const other = await elsewhere.ask(dj, await publishedTrack(dj))
    expect(await refused(party.command(dj, 'play', { p_item_id: other }))).toBe('not_found')
    const first = await askFor(ana, 'First')
    await askFor(ana, 'Second')
    await party.command(dj, 'play')
    await party.command(dj, 'next_track', { p_expected_rev: 1 })
    await party.pass(1_500)
    expect(await refused(party.command(dj, 'play', { p_item_id: first }))).toBe('stale')
  })

  it('is for the DJ and the co-DJ only', async () => {
    await askFor(ana, 'First')
    expect(await refused(party.command(ana, 'play'))).toBe('not_allowed')
    await dj.call('set_member_role', { p_session_id: party.id, p_user_id: ana.id, p_role: 'co_dj' })
    await party.command(ana, 'play')
    expect((await playback()).status).toBe('playing')
  })
})

describe('pause, resume, seek', () => {
  beforeEach(async () => {
    await askFor(ana, 'First')
    await party.command(dj, 'play')
  })

  it('pauses at the position heard now, and resumes from there', async () => {
    await party.pass(21_000)
    await party.command(dj, 'pause')
    const { positionInMs } = paused(await playback())
    expect(positionInMs).toBeGreaterThanOrEqual(20_000)
    expect(positionInMs).toBeLessThan(25_000)
    const before = Date.now()
    await party.command(dj, 'play')
    const { current } = playing(await playback())
    expect(current.startsAtInMs + positionInMs).toBeGreaterThanOrEqual(before + 399)
    expect(current.startsAtInMs + positionInMs).toBeLessThanOrEqual(Date.now() + 400)
  })

  it('pauses for everybody at the same instant, where the music will be then', async () => {
    await party.pass(21_000)
    const { current } = playing(await playback())
    const before = Date.now()
    await party.command(dj, 'pause')
    const { positionInMs, pausedAtInMs = 0 } = paused(await playback())
    expect(pausedAtInMs).toBeGreaterThanOrEqual(before + limits.pauseLeadInMs - 1)
    expect(pausedAtInMs).toBeLessThanOrEqual(Date.now() + limits.pauseLeadInMs)
    expect(positionInMs).toBe(pausedAtInMs - current.startsAtInMs)
  })

  it('pauses at 0 before the start has come', async () => {
    await party.command(dj, 'pause')
    expect(paused(await playback()).positionInMs).toBe(0)
  })

  it('seeks while playing and while paused', async () => {
    await party.command(dj, 'seek', { p_position_ms: 30_000.4, p_expected_rev: 1 })
    const moved = playing(await playback())
    expect(Date.now() - moved.current.startsAtInMs).toBeGreaterThan(29_500)
    await party.command(dj, 'pause')
    await party.command(dj, 'seek', { p_position_ms: 5_000, p_expected_rev: 3 })
    expect(paused(await playback())).toMatchObject({ positionInMs: 5_000, rev: 4 })
  })

  it('commits the next slot at once when it seeks close to the end', async () => {
    const second = await askFor(ana, 'Second')
    await party.command(dj, 'seek', { p_position_ms: durationInMs - 5_000, p_expected_rev: 1 })
    const { current, next } = playing(await playback())
    expect(next).toMatchObject({ itemId: second, startsAtInMs: current.startsAtInMs + durationInMs })
  })

  it('moves a committed next slot along when it seeks back', async () => {
    const second = await askFor(ana, 'Second')
    await party.command(dj, 'seek', { p_position_ms: durationInMs - 5_000, p_expected_rev: 1 })
    await party.command(dj, 'seek', { p_position_ms: 0, p_expected_rev: 2 })
    const { current, next } = playing(await playback())
    expect(next).toMatchObject({ itemId: second, startsAtInMs: current.startsAtInMs + durationInMs })
  })

  it.each([
    ['NaN', Number.NaN],
    ['infinite', Number.POSITIVE_INFINITY],
    ['negatively infinite', Number.NEGATIVE_INFINITY],
    ['negative', -1],
    ['beyond the end', durationInMs + 1],
  ])('refuses a position that is %s (attack 14)', async (_, position) => {
    const before = await playback()
    expect(
      await refusal(party.command(dj, 'seek', { p_position_ms: position, p_expected_rev: 1 })),
    ).toMatchObject({ code: 'invalid_input', detail: { field: 'positionInMs' } })
    expect(await playback()).toEqual(before)
  })

  it('refuses what was meant for another rev, higher or lower (attack 13)', async () => {
    for (const rev of [0, 2, null]) {
      expect(
        await refusal(party.command(dj, 'seek', { p_position_ms: 1, p_expected_rev: rev })),
      ).toMatchObject({ code: 'stale', detail: { rev: 1 } })
      expect(await refused(party.command(dj, 'next_track', { p_expected_rev: rev }))).toBe('stale')
    }
  })

  it('acknowledges a repeated pause without pausing again', async () => {
    const commandId = crypto.randomUUID()
    const first = await party.command(dj, 'pause', {}, commandId)
    await party.command(dj, 'play')
    expect((await party.command(dj, 'pause', {}, commandId)).seq).toBe(first.seq)
    expect((await playback()).status).toBe('playing')
  })
})

describe('the committed next slot', () => {
  let second: string
  beforeEach(async () => {
    await askFor(ana, 'First')
    await party.command(dj, 'play')
    second = await askFor(ana, 'Second')
  })

  it('is committed by the worker within 15 s of the end, not before', async () => {
    await party.pass(durationInMs - limits.nextCommittedAheadInMs - 3_000)
    await service.call('advance_due_sessions')
    expect(playing(await playback()).next).toBeNull()
    await party.pass(5_000)
    await service.call('advance_due_sessions')
    const { current, next, rev } = playing(await playback())
    expect(next).toMatchObject({ itemId: second, startsAtInMs: current.startsAtInMs + durationInMs })
    await service.call('advance_due_sessions')
    expect((await playback()).rev).toBe(rev)
  })

  it('takes over at its start, and the queue runs dry after it', async () => {
    await party.pass(durationInMs - 5_000)
    await service.call('advance_due_sessions')
    const { next } = playing(await playback())
    await party.pass(8_000)
    await service.call('advance_due_sessions')
    const moved = playing(await playback())
    expect(moved.current).toEqual({ ...next, startsAtInMs: (next?.startsAtInMs ?? 0) - 8_000 })
    await party.pass(durationInMs)
    await service.call('advance_due_sessions')
    expect((await playback()).status).toBe('idle')
    const kinds = (await party.sent()).flatMap(({ items }) => items.map(({ kind }) => kind))
    expect(kinds.filter((kind) => kind === 'queue.started')).toHaveLength(2)
    expect(kinds.filter((kind) => kind === 'queue.finished')).toHaveLength(2)
  })

  it('is chosen anew when the DJ removes it', async () => {
    const third = await askFor(ana, 'Third')
    await party.pass(durationInMs - 5_000)
    await service.call('advance_due_sessions')
    expect(await refused(party.command(ana, 'remove_from_queue', { p_item_id: second }))).toBe('stale')
    await party.command(dj, 'remove_from_queue', { p_item_id: second })
    expect(playing(await playback()).next?.itemId).toBe(third)
  })

  it('stays when something is pinned in front of it', async () => {
    await party.pass(durationInMs - 5_000)
    await service.call('advance_due_sessions')
    const third = await askFor(ana, 'Third')
    await party.command(dj, 'move_in_queue', { p_item_id: third, p_before_item_id: null })
    expect(playing(await playback()).next?.itemId).toBe(second)
    expect(await refused(party.command(ana, 'vote', { p_item_id: second, p_voted: true }))).toBe('stale')
  })

  it('waits again, with its votes, when the DJ plays another song in between', async () => {
    const third = await askFor(ana, 'Third')
    await party.command(ana, 'vote', { p_item_id: second, p_voted: true })
    await party.pass(durationInMs - 5_000)
    await service.call('advance_due_sessions')
    await party.command(dj, 'play', { p_item_id: third })
    expect(playing(await playback()).next?.itemId).toBe(third)
    const told = (await party.sent()).at(-1)
    expect(told?.items.map(({ kind }) => kind)).toEqual(['queue.returned', 'queue.started'])
    expect(told?.items[0]?.payload).toMatchObject({ itemId: second })
    expect(told?.state?.tallies?.votes).toEqual({ [second]: 1 })
    await party.command(dj, 'vote', { p_item_id: second, p_voted: true })
    expect((await party.snapshot(ana)).tallies.votes).toEqual({ [second]: 2 })
  })

  it('waits again while paused, its turn not used up, and is committed when the music goes on', async () => {
    const { turns } = await party.snapshot(ana)
    await party.pass(durationInMs - 5_000)
    await service.call('advance_due_sessions')
    await party.command(dj, 'pause')
    expect((await party.snapshot(ana)).turns).toEqual(turns)
    await party.command(dj, 'vote', { p_item_id: second, p_voted: true })
    await party.command(dj, 'play')
    const { current, next } = playing(await playback())
    expect(next).toMatchObject({ itemId: second, startsAtInMs: current.startsAtInMs + durationInMs })
  })

  it('goes on after a long sleep of the worker without burning through songs nobody heard', async () => {
    const third = await askFor(ana, 'Third')
    await party.pass(durationInMs - 5_000)
    await service.call('advance_due_sessions')
    await party.pass(3_600_000)
    await service.call('advance_due_sessions')
    const { current } = playing(await playback())
    expect(current.itemId).toBe(third)
    expect(current.startsAtInMs).toBeGreaterThan(Date.now())
  })
})

describe('a queue that ran dry', () => {
  it('goes on by itself with the next song asked for, since the DJ had pressed play', async () => {
    await askFor(ana, 'First')
    await party.command(dj, 'play')
    await party.pass(durationInMs + 2_000)
    await service.call('advance_due_sessions')
    expect((await playback()).status).toBe('idle')
    const second = await askFor(ana, 'Second')
    expect(playing(await playback()).current.itemId).toBe(second)
  })

  it('stays silent as long as nobody pressed play', async () => {
    await askFor(ana, 'First')
    await service.call('advance_due_sessions')
    expect(await playback()).toEqual({ status: 'idle', rev: 0 })
  })
})

describe('advance_queue', () => {
  const advance = (who: Actor, rev: number) => party.command(who, 'advance_queue', { p_expected_rev: rev })

  it('goes on once, however many ask, and refuses none of them (compare and set)', async () => {
    await askFor(ana, 'First')
    await party.command(dj, 'play')
    await askFor(ana, 'Second')
    const crowd = await Promise.all(['Ben', 'Eva', 'Leo', 'Mia'].map((name) => person(name)))
    for (const who of crowd) await who.call('join_session', { p_session_id: party.id })
    await party.pass(durationInMs + 3_000)
    const sentBefore = (await party.sent()).length
    await Promise.all(crowd.map((who) => advance(who, 1)))
    expect((await playback()).rev).toBe(2)
    expect(await party.sent()).toHaveLength(sentBefore + 1)
  })

  it('refuses a timeline that there never was', async () => {
    await askFor(ana, 'First')
    await party.command(dj, 'play')
    await party.pass(durationInMs + 3_000)
    expect(await refused(advance(dj, 2))).toBe('stale')
    expect((await playback()).rev).toBe(1)
  })

  it('waits for the end, and a second longer for who does not play', async () => {
    await askFor(ana, 'First')
    await party.command(dj, 'play')
    expect(await refused(advance(dj, 1))).toBe('stale')
    await party.pass(durationInMs + 1_300)
    expect(await refused(advance(ana, 1))).toBe('stale')
    await advance(dj, 1)
    expect((await playback()).status).toBe('idle')
  })
})

describe('what the room hears of it', () => {
  it('carries events and timeline in one envelope, with a rev that only rises', async () => {
    await askFor(ana, 'First')
    await askFor(ana, 'Second')
    await party.command(dj, 'play')
    await party.command(dj, 'next_track', { p_expected_rev: 1 })
    const sent = await party.sent()
    const withPlayback = sent.filter(({ state }) => state?.playback)
    expect(withPlayback.map(({ state }) => state?.playback?.rev)).toEqual([1, 2])
    expect(withPlayback[1]?.items.map(({ kind }) => kind)).toEqual(['queue.started'])
    expect(withPlayback[1]?.items.every(({ by }) => by === dj.id)).toBe(true)
    await party.pass(3_000)
    await service.call('advance_due_sessions')
    const last = (await party.sent()).at(-1)
    expect(last?.items.map(({ kind }) => kind)).toEqual(['queue.finished'])
    expect(last?.state?.playback?.rev).toBe(3)
  })

  it('one broken session does not stop the others', async () => {
    await askFor(ana, 'First')
    await party.command(dj, 'play')
    await party.pass(durationInMs + 2_000)
    const broken = await room(dj)
    await broken.ask(dj, await publishedTrack(dj))
    await broken.command(dj, 'play')
    await broken.pass(1e9)
    await sql.unsafe(`
      create function break_one() returns trigger language plpgsql as $$
      begin if new.session_id = '${broken.id}' then raise 'broken'; end if; return new; end $$;
      create trigger break_one before update on playback for each row execute function break_one()`)
    try {
      await service.call('advance_due_sessions')
    } finally {
      await sql.unsafe('drop trigger break_one on playback; drop function break_one')
    }
    expect((await playback()).status).toBe('idle')
    expect((await broken.snapshot(dj)).playback.rev).toBe(1)
  })
})
