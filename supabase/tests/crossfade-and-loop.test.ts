import { beforeEach, describe, expect, it } from 'vitest'
import { limits } from '#lib/domain/limits/limits.ts'
import { cueAt, currentEndsAtInMs, type Timeline } from '#lib/domain/timeline/timeline.ts'
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
const playing = async () => {
  const timeline = await playback()
  if (timeline.status !== 'playing') throw new Error(`expected to be playing, but is ${timeline.status}`)
  return timeline
}
const askFor = async (title: string, lastsInMs = durationInMs) =>
  party.ask(ana, await publishedTrack(ana, { durationInMs: lastsInMs, title }))
const crossfade = (who: Actor, crossfadeInMs: number) =>
  party.command(who, 'set_crossfade', { p_crossfade_ms: crossfadeInMs })
const loop = (startInMs: number | null, endInMs: number | null, rev: number) =>
  party.command(dj, 'set_loop', { p_start_ms: startInMs, p_end_ms: endInMs, p_expected_rev: rev })
const heardNow = async () => {
  const cue = cueAt(await playback(), Date.now())
  return { itemId: cue?.slot.itemId, positionInMs: cue?.positionInMs ?? Number.NaN }
}
const advance = () => service.call('advance_due_sessions')

describe('a crossfade', () => {
  it('is a setting of the session that everybody is told', async () => {
    await crossfade(dj, 6_000)
    expect((await party.snapshot(ana)).session.crossfadeInMs).toBe(6_000)
    const told = (await party.sent()).at(-1)?.items
    expect(told).toMatchObject([{ kind: 'session.changed', by: dj.id, payload: { crossfadeInMs: 6_000 } }])
  })

  it('is set by the DJ and the co-DJ alone, from 0 to 12 s', async () => {
    expect(await refused(crossfade(ana, 1_000))).toBe('not_allowed')
    for (const crossfadeInMs of [-1, limits.crossfadeMaxInMs + 1]) {
      expect(await refusal(crossfade(dj, crossfadeInMs))).toMatchObject({
        code: 'invalid_input',
        detail: { field: 'crossfadeInMs' },
      })
    }
    await dj.call('set_member_role', { p_session_id: party.id, p_user_id: ana.id, p_role: 'co_dj' })
    await crossfade(ana, limits.crossfadeMaxInMs)
    expect((await party.snapshot(ana)).session.crossfadeInMs).toBe(limits.crossfadeMaxInMs)
  })

  describe('between two tracks', () => {
    let first: string
    let second: string
    beforeEach(async () => {
      await crossfade(dj, 6_000)
      first = await askFor('First')
      await party.command(dj, 'play')
      second = await askFor('Second')
    })
    const commit = async () => {
      await party.pass(durationInMs - 10_000)
      await advance()
      return playing()
    }

    it('lets the next one start before the current one ends, and is known 15 s ahead of its start', async () => {
      await party.pass(durationInMs - limits.nextCommittedAheadInMs - 6_000 - 1_000)
      await advance()
      expect((await playing()).next).toBeNull()
      await party.pass(2_500)
      await advance()
      const { current, next } = await playing()
      expect(next).toEqual({
        itemId: second,
        trackId: expect.any(String),
        durationInMs,
        startsAtInMs: current.startsAtInMs + durationInMs - 6_000,
        fadeInMs: 6_000,
      })
    })

    it.each([
      ['a short current track', 10_000, durationInMs, 5_000],
      ['a short next track', durationInMs, 4_000, 2_000],
    ])('is at most half of %s', async (_, currentInMs, nextInMs, fadeInMs) => {
      const other = await room(dj, [ana])
      await other.command(dj, 'set_crossfade', { p_crossfade_ms: 12_000 })
      await other.ask(ana, await publishedTrack(ana, { durationInMs: currentInMs, title: 'Current' }))
      await other.command(dj, 'play')
      await other.ask(ana, await publishedTrack(ana, { durationInMs: nextInMs, title: 'Next' }))
      await other.pass(currentInMs - 9_000)
      await advance()
      const { playback: timeline } = await other.snapshot(ana)
      expect(timeline).toMatchObject({ next: { fadeInMs } })
    })

    it('is promoted only when the old track has ended, so that who comes in hears both', async () => {
      await commit()
      await party.pass(7_000)
      await advance()
      const during = await playing()
      expect([during.current.itemId, during.next?.itemId]).toEqual([first, second])
      expect((await heardNow()).itemId).toBe(second)
      await party.pass(6_000)
      await advance()
      const after = await playing()
      expect(after.current).toEqual({
        ...during.next,
        startsAtInMs: (during.next?.startsAtInMs ?? 0) - 6_000,
      })
      expect(after.next).toBeNull()
    })

    it('is asked for by a listener only after the end', async () => {
      await commit()
      await party.pass(8_000)
      const { rev } = await playing()
      expect(await refused(party.command(dj, 'advance_queue', { p_expected_rev: rev }))).toBe('stale')
      await party.pass(4_000)
      await party.command(dj, 'advance_queue', { p_expected_rev: rev })
      expect((await playing()).current.itemId).toBe(second)
    })

    it('moves with a seek', async () => {
      const { rev } = await commit()
      await party.command(dj, 'seek', { p_position_ms: 20_000, p_expected_rev: rev })
      const { current, next } = await playing()
      expect(next).toMatchObject({
        startsAtInMs: current.startsAtInMs + durationInMs - 6_000,
        fadeInMs: 6_000,
      })
    })

    it('is as long as the current track still lasts where one seeks close to the end', async () => {
      const { rev } = await commit()
      await party.command(dj, 'seek', { p_position_ms: durationInMs - 4_000, p_expected_rev: rev })
      const timeline = await playing()
      const { next, current } = timeline
      expect(next?.fadeInMs).toBe(current.startsAtInMs + durationInMs - (next?.startsAtInMs ?? 0))
      expect(next?.fadeInMs).toBeLessThan(4_000)
      expect(currentEndsAtInMs(timeline)).toBe(current.startsAtInMs + durationInMs)
    })

    it('is taken back by a pause, and comes again when the music goes on', async () => {
      await commit()
      await party.command(dj, 'pause')
      expect(await playback()).not.toHaveProperty('next')
      await party.command(dj, 'play')
      expect((await playing()).next).toMatchObject({ itemId: second, fadeInMs: 6_000 })
    })

    it('paused in its middle, it is the new track that stops, and goes on as loud as it was', async () => {
      await commit()
      await party.pass(6_000)
      await party.command(dj, 'pause')
      expect(await playback()).toMatchObject({ current: { itemId: second, fadeInMs: 6_000 } })
      await party.command(dj, 'play')
      const { current, next } = await playing()
      expect(current).toMatchObject({ itemId: second, fadeInMs: 6_000 })
      expect(next).toBeNull()
    })

    it('a seek in its middle moves the new track, which is what everybody sees', async () => {
      const { rev } = await commit()
      await party.pass(6_000)
      await party.command(dj, 'seek', { p_position_ms: 30_000, p_expected_rev: rev })
      const { current, next } = await playing()
      expect(current.itemId).toBe(second)
      expect(current).not.toHaveProperty('fadeInMs')
      expect(next).toBeNull()
    })

    it('what has begun to fade in cannot be taken back any more', async () => {
      await commit()
      await party.pass(6_000)
      expect(await refused(party.command(dj, 'remove_from_queue', { p_item_id: second }))).toBe('stale')
    })

    it('follows a change of the setting, as long as the next one has not begun', async () => {
      await commit()
      await crossfade(dj, 2_000)
      const { current, next } = await playing()
      expect(next).toMatchObject({
        startsAtInMs: current.startsAtInMs + durationInMs - 2_000,
        fadeInMs: 2_000,
      })
      await party.pass(9_000)
      await crossfade(dj, 0)
      expect((await playing()).next?.fadeInMs).toBe(2_000)
    })

    it('leads over to the next one, too, when the DJ asks for it in the middle of a track', async () => {
      await party.pass(20_000)
      await party.command(dj, 'next_track', { p_expected_rev: (await playing()).rev })
      const timeline = await playing()
      expect(timeline.next).toMatchObject({ itemId: second, fadeInMs: 6_000 })
      expect(timeline.next?.startsAtInMs).toBeLessThanOrEqual(Date.now() + limits.startLeadInMs)
      expect(currentEndsAtInMs(timeline)).toBe((timeline.next?.startsAtInMs ?? 0) + 6_000)
      await party.pass(7_500)
      await advance()
      expect((await playing()).current.itemId).toBe(second)
    })

    it('a second next while the first is on its way changes nothing, and later it leads on', async () => {
      const third = await askFor('Third')
      await party.pass(20_000)
      await party.command(dj, 'next_track', { p_expected_rev: (await playing()).rev })
      const once = await playing()
      await party.command(dj, 'next_track', { p_expected_rev: once.rev })
      expect(await playing()).toEqual(once)
      await party.pass(3_000)
      await party.command(dj, 'next_track', { p_expected_rev: once.rev })
      const { current, next } = await playing()
      expect([current.itemId, next?.itemId]).toEqual([second, third])
    })
  })
})

describe('a loop', () => {
  let first: string
  let second: string
  beforeEach(async () => {
    first = await askFor('First')
    await party.command(dj, 'play')
    second = await askFor('Second')
    await party.pass(11_000)
  })

  it('repeats a region, and the track has no end', async () => {
    await dj.call('claim_lease', { p_session_id: party.id })
    await loop(20_000, 24_000, 1)
    const timeline = await playing()
    const { startsAtInMs } = timeline.current
    expect(timeline.loop).toEqual({ startInMs: 20_000, endInMs: 24_000, jumpsAtInMs: startsAtInMs + 24_000 })
    expect(currentEndsAtInMs(timeline)).toBeNull()
    await party.pass(3_600_000)
    await advance()
    expect((await playing()).rev).toBe(timeline.rev)
    expect(await refused(party.command(dj, 'advance_queue', { p_expected_rev: timeline.rev }))).toBe('stale')
    const { itemId, positionInMs } = await heardNow()
    expect(itemId).toBe(first)
    expect(positionInMs).toBeGreaterThanOrEqual(20_000)
    expect(positionInMs).toBeLessThan(24_000)
  })

  it('whose end has just gone by leads back a whole length later, on the beat', async () => {
    await loop(6_000, 10_000, 1)
    const { current, loop: running } = await playing()
    const afterTheEndInMs = (running?.jumpsAtInMs ?? 0) - (current.startsAtInMs + 10_000)
    expect(afterTheEndInMs).toBeGreaterThan(0)
    expect(afterTheEndInMs % 4_000).toBe(0)
    expect(running?.jumpsAtInMs).toBeGreaterThanOrEqual(Date.now() + limits.startLeadInMs - 1_000)
  })

  it('never leads back behind the end of the track', async () => {
    await party.pass(46_000)
    await loop(10_000, 56_000, 1)
    const { current, loop: running } = await playing()
    expect(running?.jumpsAtInMs).toBe(current.startsAtInMs + durationInMs)
  })

  it('takes back what was committed to follow, and commits nothing while it lasts', async () => {
    await party.pass(40_000)
    await advance()
    const { next, rev } = await playing()
    expect(next?.itemId).toBe(second)
    await loop(48_000, 56_000, rev)
    expect((await playing()).next).toBeNull()
    await party.command(ana, 'vote', { p_item_id: second, p_voted: true })
    await advance()
    expect((await playing()).next).toBeNull()
  })

  it('that is left lets the track go on from where it is, in the same pass', async () => {
    await loop(10_000, 14_000, 1)
    await party.pass(9_000)
    const before = await heardNow()
    const { rev } = await playing()
    await loop(null, null, rev)
    const after = await heardNow()
    const timeline = await playing()
    expect(timeline).not.toHaveProperty('loop')
    expect(timeline.current.pass).toBeGreaterThan(0)
    expect(after.positionInMs - before.positionInMs).toBeGreaterThanOrEqual(0)
    expect(after.positionInMs - before.positionInMs).toBeLessThan(3_000)
    await party.pass(14_000 - after.positionInMs + 2_000)
    expect((await heardNow()).positionInMs).toBeGreaterThan(15_000)
  })

  it('is left when nobody has looked after it for a minute, and the queue goes on', async () => {
    await dj.call('claim_lease', { p_session_id: party.id })
    await loop(46_000, 50_000, 1)
    const { rev } = await playing()
    await party.pass(39_000 + 61_000)
    await advance()
    expect((await playing()).rev).toBe(rev)
    await sql`update playback set present_until = now() - interval '59 seconds' where session_id = ${party.id}`
    await advance()
    expect((await playing()).rev).toBe(rev)
    await sql`update playback set present_until = now() - interval '61 seconds' where session_id = ${party.id}`
    await advance()
    const timeline = await playing()
    expect(timeline).not.toHaveProperty('loop')
    expect(timeline.next).toMatchObject({ itemId: second })
    expect((await party.sent()).at(-1)?.state?.playback).toMatchObject({ rev: timeline.rev })
  })

  it('that a co-DJ began without a lease lasts a minute at least', async () => {
    await loop(20_000, 24_000, 1)
    const { rev } = await playing()
    await party.pass(13_000 + 55_000)
    await advance()
    expect((await playing()).rev).toBe(rev)
    await party.pass(10_000)
    await advance()
    expect(await playing()).not.toHaveProperty('loop')
  })

  it('is left near the end: then the next one is committed at once', async () => {
    await party.pass(36_000)
    await loop(46_000, 50_000, 1)
    await party.pass(30_000)
    await loop(null, null, (await playing()).rev)
    const { current, next } = await playing()
    expect(next).toMatchObject({ itemId: second, startsAtInMs: current.startsAtInMs + durationInMs })
  })

  it('stays through a pause', async () => {
    await loop(10_000, 14_000, 1)
    await party.pass(9_000)
    await party.command(dj, 'pause')
    const paused = await playback()
    expect(paused).toMatchObject({ loop: { startInMs: 10_000, endInMs: 14_000 } })
    expect(cueAt(paused, Number.POSITIVE_INFINITY)?.positionInMs).toBeGreaterThanOrEqual(10_000)
    expect(cueAt(paused, Number.POSITIVE_INFINITY)?.positionInMs).toBeLessThan(14_000)
    await party.command(dj, 'play')
    const { current, loop: running } = await playing()
    expect(running).toEqual({
      startInMs: 10_000,
      endInMs: 14_000,
      jumpsAtInMs: current.startsAtInMs + 14_000,
    })
  })

  it('stays through a seek into it, and is left by one behind it', async () => {
    await loop(20_000, 24_000, 1)
    await party.command(dj, 'seek', { p_position_ms: 5_000, p_expected_rev: 2 })
    const { current, loop: running } = await playing()
    expect(running?.jumpsAtInMs).toBe(current.startsAtInMs + 24_000)
    await party.command(dj, 'seek', { p_position_ms: 24_000, p_expected_rev: 3 })
    expect(await playing()).not.toHaveProperty('loop')
  })

  it('ends with the track when the DJ goes on to the next', async () => {
    await loop(10_000, 14_000, 1)
    await party.pass(9_000)
    await party.command(dj, 'next_track', { p_expected_rev: 2 })
    const timeline = await playing()
    expect(timeline).not.toHaveProperty('loop')
    expect([timeline.current.itemId, timeline.next?.itemId]).toEqual([first, second])
    await party.pass(1_500)
    await advance()
    const { current } = await playing()
    expect(current.itemId).toBe(second)
    expect(current).not.toHaveProperty('pass')
  })

  it('is set while paused, and begins with the music', async () => {
    await party.command(dj, 'pause')
    await loop(9_000, 12_000, 2)
    expect(await playback()).toMatchObject({ status: 'paused', loop: { startInMs: 9_000, endInMs: 12_000 } })
    await party.command(dj, 'play')
    const { current, loop: running } = await playing()
    expect(running?.jumpsAtInMs).toBe(current.startsAtInMs + 12_000)
  })

  it.each([
    ['too short', 10_000, 11_999],
    ['backwards', 14_000, 10_000],
    ['before the beginning', -1, 4_000],
    ['behind the end', 50_000, durationInMs + 1],
    ['without an end', 10_000, null],
  ])('that is %s is refused', async (_, startInMs, endInMs) => {
    expect(await refusal(loop(startInMs, endInMs, 1))).toMatchObject({
      code: 'invalid_input',
      detail: { field: 'region' },
    })
    expect((await playing()).rev).toBe(1)
  })

  it('is for who plays, and for the timeline that they saw', async () => {
    const args = { p_start_ms: 10_000, p_end_ms: 14_000, p_expected_rev: 1 }
    expect(await refused(party.command(ana, 'set_loop', args))).toBe('not_allowed')
    expect(await refusal(loop(10_000, 14_000, 0))).toMatchObject({ code: 'stale', detail: { rev: 1 } })
  })
})
