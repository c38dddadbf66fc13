import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { limits } from '#lib/domain/limits/limits.ts'
import { type Actor, person, refusal, refused, service, sql } from './people.ts'
import { aSource, publishedTrack, type Room, room } from './rooms.ts'

let dj: Actor
let ana: Actor
let party: Room

beforeEach(async () => {
  ;[dj, ana] = await Promise.all([person('DJ Sol'), person('Ana')])
  party = await room(dj, [ana])
})

/** Does something until it is refused; answers how often it went well. */
async function untilLimited(attempt: () => Promise<unknown>): Promise<number> {
  for (let done = 0; done < 500; done++) {
    const code = await attempt().then(
      () => null,
      (error) => error.message as string,
    )
    if (code === 'rate_limited') return done
    if (code) throw new Error(code)
  }
  throw new Error('never limited')
}

const someTrackIds = async (owner: Actor, count: number) => {
  const rows = await sql`
    insert into tracks (id, owner_id, status, title, duration_ms, pre_roll_ms, waveform, playlist_path)
    select gen_random_uuid(), ${owner.id}, 'published', 'Song', 60000, 3000, '[0]', 'x' from generate_series(1, ${count}::int)
    returning id`
  return rows.map(({ id }) => id as string)
}

describe('how fast', () => {
  it('listeners chat: 20 in 30 s; the DJ and moderators 100', async () => {
    expect(await untilLimited(() => party.command(ana, 'send_message', { p_text: 'hi' }))).toBe(20)
    const { detail } = await refusal(party.command(ana, 'send_message', { p_text: 'hi' }))
    expect(detail.retryAfterInMs).toBeGreaterThan(0)
    expect(detail.retryAfterInMs).toBeLessThanOrEqual(30_000)
    expect(await untilLimited(() => party.command(dj, 'send_message', { p_text: 'hi' }))).toBe(100)
  })

  it('people react: 10 in 5 s', async () => {
    expect(await untilLimited(() => party.react(ana))).toBe(10)
  })

  it('people ask for songs: 5 in 10 s', async () => {
    const tracks = await someTrackIds(ana, 6)
    expect(await untilLimited(() => party.command(ana, 'add_to_queue', { p_track_id: tracks.pop() }))).toBe(5)
  })

  it('people vote: 30 in 10 s', async () => {
    const song = await party.ask(dj, await publishedTrack(dj))
    let voted = false
    const vote = () => {
      voted = !voted
      return party.command(ana, 'vote', { p_item_id: song, p_voted: voted })
    }
    expect(await untilLimited(vote)).toBe(30)
  })

  it('sessions are opened: 10 in an hour', async () => {
    expect(await untilLimited(() => ana.call('create_session', { p_title: 'Night' }))).toBe(10)
  })

  it('uploads begin: 200 in an hour, where going on with one does not count', async () => {
    const begin = (id: string) =>
      ana.call('start_upload', { p_track_id: id, p_title: 'Song', p_source: aSource })
    const known = randomUUID()
    await begin(known)
    expect(await untilLimited(() => begin(randomUUID()))).toBe(199)
    await begin(known)
  })

  it('a window closes by itself, and a repeated command does not count', async () => {
    const commandId = randomUUID()
    for (let n = 0; n < 30; n++) await party.command(ana, 'send_message', { p_text: 'same' }, commandId)
    expect(await untilLimited(() => party.command(ana, 'send_message', { p_text: 'hi' }))).toBe(19)
    await sql`
      update private.rate_counters set window_started_at = window_started_at - interval '31 seconds' where subject = ${ana.id}`
    await party.command(ana, 'send_message', { p_text: 'again' })
  })

  it('is counted right when everything comes at once', async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 40 }, () => party.command(ana, 'send_message', { p_text: 'hi' })),
    )
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(20)
  })

  it('a flood of fresh guests is bounded together, and does not silence the others (attack 9)', async () => {
    const guests = await Promise.all(Array.from({ length: 5 }, (_, n) => person(`Bot ${n}`, { guest: true })))
    for (const guest of guests) await guest.call('join_session', { p_session_id: party.id })
    const flood = await Promise.allSettled(
      guests.flatMap((guest) =>
        Array.from({ length: 20 }, () => party.command(guest, 'send_message', { p_text: 'buy' })),
      ),
    )
    expect(flood.filter(({ status }) => status === 'fulfilled')).toHaveLength(60)
    await party.command(ana, 'send_message', { p_text: 'still here' })
  })
})

describe('how much', () => {
  const fill = (who: Actor, trackIds: string[]) => sql`
    insert into queue_items (session_id, track_id, added_by)
    select ${party.id}, unnest(${trackIds}::uuid[]), ${who.id}`

  it(`waits for one person: ${limits.waitingItemsPerPersonMax}, and no limit for who orders the queue`, async () => {
    const tracks = await someTrackIds(ana, limits.waitingItemsPerPersonMax + 1)
    await fill(ana, tracks.slice(1))
    expect(await refused(party.command(ana, 'add_to_queue', { p_track_id: tracks[0] }))).toBe('queue_full')
    const djs = await someTrackIds(dj, limits.waitingItemsPerPersonMax + 1)
    await fill(dj, djs.slice(1))
    await party.ask(dj, djs[0] ?? '')
  })

  it(`is listed to ask from: ${limits.catalogueMaxLength}`, async () => {
    await someTrackIds(dj, limits.catalogueMaxLength + 1)
    const args = { p_session_id: party.id, p_search: null }
    const { tracks } = await ana.call<{ tracks: unknown[] }>('session_catalogue', args)
    expect(tracks).toHaveLength(limits.catalogueMaxLength)
  })

  it(`waits in all: ${limits.queueMaxLength}`, async () => {
    const tracks = await someTrackIds(dj, limits.queueMaxLength + 1)
    await fill(dj, tracks.slice(1))
    expect(await refused(party.command(dj, 'add_to_queue', { p_track_id: tracks[0] }))).toBe('queue_full')
    expect((await party.snapshot(dj)).queue).toHaveLength(limits.queueMaxLength)
  })

  it(`somebody is kept from writing: ${limits.muteMaxInMinutes} minutes`, async () => {
    const mute = (minutes: number) =>
      dj.call('mute_member', { p_session_id: party.id, p_user_id: ana.id, p_minutes: minutes })
    await mute(limits.muteMaxInMinutes)
    for (const minutes of [-1, limits.muteMaxInMinutes + 1])
      expect(await refused(mute(minutes))).toBe('invalid_input')
  })

  it(`chat a newcomer is shown: ${limits.snapshotMessagesMax}, the newest`, async () => {
    for (let n = 0; n < limits.snapshotMessagesMax + 5; n++) {
      await party.command(dj, 'send_message', { p_text: `${n}` })
    }
    const { messages } = await party.snapshot(ana)
    expect(messages).toHaveLength(limits.snapshotMessagesMax)
    expect(messages.at(-1)?.text).toBe('54')
  })
})

describe('tidying up', () => {
  it('forgets counters and commands that only mattered for a while', async () => {
    await party.command(ana, 'send_message', { p_text: 'hi' })
    await sql`update private.rate_counters set window_started_at = now() - interval '3 hours' where subject = ${ana.id}`
    await sql`update private.session_commands set at = now() - interval '2 days' where actor = ${ana.id}`
    await service.call('tidy_up')
    expect(await sql`select from private.rate_counters where subject = ${ana.id}`).toHaveLength(0)
    expect(await sql`select from private.session_commands where actor = ${ana.id}`).toHaveLength(0)
    expect((await party.snapshot(ana)).messages).toHaveLength(1)
  })
})
