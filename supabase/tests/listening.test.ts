import { beforeEach, describe, expect, it } from 'vitest'
import { type Actor, anon, person, refused, service, sql } from './people.ts'
import { type Room, room } from './rooms.ts'

let dj: Actor
let ana: Actor
let ben: Actor
let party: Room

beforeEach(async () => {
  ;[dj, ana, ben] = await Promise.all([person('DJ Sol'), person('Ana'), person('Ben')])
  party = await room(dj, [ana, ben])
})

const report = (who: Actor, values: Record<string, unknown> = {}, sessionId = party.id) =>
  who.call('report_listening', {
    p_session_id: sessionId,
    p_is_listening: true,
    p_offset_ms: 4,
    p_uncertainty_ms: 2,
    p_stalls: 0,
    p_bitrate: 128_000,
    p_buffer_ms: 30_000,
    p_corrections: 2,
    p_drift_ppm: 10,
    ...values,
  })
const summary = (who: Actor = dj) => who.call('listening_summary', { p_session_id: party.id })
const rows = () =>
  sql`select user_id, offset_ms from private.listening_reports where session_id = ${party.id}`

describe('a report of how somebody hears', () => {
  it('is one row a member, whose newest counts', async () => {
    await report(ana)
    await report(ana, { p_offset_ms: -7.5 })
    expect(await rows()).toEqual([{ user_id: ana.id, offset_ms: -7.5 }])
  })

  it('comes from members of live sessions alone', async () => {
    const eve = await person('Eve')
    expect(await refused(report(eve))).toBe('not_allowed')
    expect(await refused(report(anon))).toBe('42501')
    await party.command(dj, 'end_session')
    expect(await refused(report(ana))).toBe('session_ended')
    expect(await rows()).toEqual([])
  })

  it.each([
    { p_offset_ms: 'NaN' },
    { p_offset_ms: 'Infinity' },
    { p_offset_ms: 70_000 },
    { p_uncertainty_ms: -1 },
    { p_stalls: -1 },
    { p_stalls: 5_000 },
    { p_bitrate: -1 },
    { p_buffer_ms: -1 },
    { p_corrections: -1 },
    { p_corrections: 20_000 },
    { p_drift_ppm: 'NaN' },
    { p_is_listening: null },
  ])('is not taken with %o', async (values) => {
    expect(await refused(report(ana, values))).toMatch(/^(23514|23502|22003)$/)
  })

  it('comes a few times a minute at the most', async () => {
    for (let count = 0; count < 12; count++) await report(ana)
    expect(await refused(report(ana))).toBe('rate_limited')
    await report(ben)
  })

  it('goes with a ban', async () => {
    await report(ana)
    await dj.call('ban_member', { p_session_id: party.id, p_user_id: ana.id })
    expect(await rows()).toEqual([])
  })

  it('is nobody’s to read, and is cleared away after an hour', async () => {
    await report(ana)
    for (const who of [ana, dj, anon, service]) {
      expect(await refused(who.query('select * from private.listening_reports'))).toBe('42501')
    }
    await sql`update private.listening_reports set reported_at = now() - interval '61 minutes' where session_id = ${party.id}`
    await service.call('tidy_up')
    expect(await rows()).toEqual([])
  })
})

describe('how the room hears', () => {
  it('is told in sum to the DJ, co-DJs and moderators, and to nobody else', async () => {
    await report(ana)
    const told = {
      reports: 1,
      listening: 1,
      measured: 1,
      inSync: 1,
      medianOffsetInMs: 4,
      medianUncertaintyInMs: 2,
      medianDriftInPpm: 10,
      medianBufferInMs: 30_000,
      medianBitrate: 128_000,
      stalls: 0,
      correctionsEach: 2,
    }
    expect(await summary()).toEqual(told)
    for (const role of ['co_dj', 'moderator']) {
      await dj.call('set_member_role', { p_session_id: party.id, p_user_id: ben.id, p_role: role })
      expect(await summary(ben)).toEqual(told)
    }
    expect(await refused(summary(ana))).toBe('not_allowed')
    expect(await refused(summary(await person('Eve')))).toBe('not_allowed')
    expect(await refused(summary(anon))).toBe('42501')
  })

  it('counts who listens and what was interrupted, and tells of each figure the middle', async () => {
    await report(dj, {
      p_offset_ms: 0,
      p_uncertainty_ms: 1,
      p_stalls: 1,
      p_bitrate: 64_000,
      p_buffer_ms: 5_000,
      p_corrections: 0,
      p_drift_ppm: null,
    })
    await report(ana, {
      p_offset_ms: -21,
      p_uncertainty_ms: 9,
      p_stalls: 3,
      p_bitrate: 256_000,
      p_buffer_ms: 25_000,
      p_corrections: 7,
      p_drift_ppm: -30,
    })
    // Whose sound is off hears nothing: their figures are nobody's.
    await report(ben, { p_is_listening: false, p_offset_ms: null, p_uncertainty_ms: 50, p_corrections: 100 })
    expect(await summary()).toEqual({
      reports: 3,
      listening: 2,
      measured: 2,
      inSync: 1,
      // However early or late.
      medianOffsetInMs: 10.5,
      medianUncertaintyInMs: 5,
      medianDriftInPpm: 30,
      medianBufferInMs: 15_000,
      medianBitrate: 160_000,
      stalls: 4,
      correctionsEach: 3.5,
    })
  })

  it('knows nothing of what no report carries', async () => {
    await ana.call('report_listening', { p_session_id: party.id, p_is_listening: true })
    expect(await summary()).toEqual({
      reports: 1,
      listening: 1,
      measured: 0,
      inSync: 0,
      medianOffsetInMs: null,
      medianUncertaintyInMs: null,
      medianDriftInPpm: null,
      medianBufferInMs: null,
      medianBitrate: null,
      stalls: 0,
      correctionsEach: null,
    })
  })

  it('is the last minutes’ alone, and of this session', async () => {
    await report(ana)
    const other = await room(ben, [ana])
    await report(ana, { p_offset_ms: 500 }, other.id)
    await sql`update private.listening_reports set reported_at = now() - interval '4 minutes' where session_id = ${party.id}`
    expect(await summary()).toMatchObject({
      reports: 0,
      listening: 0,
      medianUncertaintyInMs: null,
      stalls: 0,
    })
  })
})
