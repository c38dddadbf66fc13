import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { orderQueue } from '#lib/domain/queue/order-queue.ts'
import { type Actor, person, refused, service, sql } from './people.ts'
import { publishedTrack, type Room, room, verified } from './rooms.ts'

let dj: Actor
let ana: Actor
let ben: Actor
let party: Room
let song: string

beforeEach(async () => {
  ;[dj, ana, ben] = await Promise.all([person('DJ Sol'), person('Ana'), person('Ben')])
  party = await room(dj, [ana, ben])
  song = await party.ask(ana, await publishedTrack(ana, { title: "Ana's song" }))
})

const vote = (who: Actor, itemId: string, voted = true) =>
  party.command(who, 'vote', { p_item_id: itemId, p_voted: voted })
const tallies = async () => (await party.snapshot(dj)).tallies
const order = async () => {
  const { queue, tallies, turns } = await party.snapshot(dj)
  const items = queue.map((item) => ({
    ...item,
    addedBy: item.addedBy,
    addedAtInMs: item.addedAt,
    votes: tallies.votes[item.id] ?? 0,
  }))
  return orderQueue(items, turns).map(({ id }) => id)
}

describe('votes', () => {
  it('count once a person and item, however often they are sent (attack 1)', async () => {
    await vote(ben, song)
    const once = await tallies()
    await vote(ben, song)
    expect(await tallies()).toEqual(once)
    expect(once.votes).toEqual({ [song]: 1 })
  })

  it('count once when sent many times at once (attack 2)', async () => {
    await Promise.all(Array.from({ length: 10 }, () => vote(ben, song)))
    expect(await tallies()).toEqual({ rev: 1, votes: { [song]: 1 } })
  })

  it('can be taken back, and taking back what was not given changes nothing', async () => {
    await vote(ben, song)
    await vote(ben, song, false)
    await vote(ben, song, false)
    expect(await tallies()).toEqual({ rev: 2, votes: {} })
  })

  it('are refused in an ended session (attack 3)', async () => {
    await party.command(dj, 'end_session')
    expect(await refused(vote(ben, song))).toBe('session_ended')
  })

  it("are refused for another session's item (attack 4)", async () => {
    const elsewhere = await room(ben)
    const other = await elsewhere.ask(ben, await publishedTrack(ben))
    expect(await refused(vote(ana, other))).toBe('not_found')
    expect(await refused(elsewhere.command(ana, 'vote', { p_item_id: other, p_voted: true }))).toBe(
      'not_allowed',
    )
  })

  it('are always the own ones: there is nowhere to say whose, and the table takes none (attack 5)', async () => {
    expect(
      await refused(
        ana.call('vote', {
          p_session_id: party.id,
          p_command_id: randomUUID(),
          p_item_id: song,
          p_voted: true,
          user_id: ben.id,
        }),
      ),
    ).toBe('42883')
    expect(
      await refused(ana.query('insert into queue_votes (item_id, user_id) values ($1, $2)', [song, ben.id])),
    ).toBe('42501')
  })

  it('cannot be set as a number (attack 6)', async () => {
    for (const column of ['votes', 'pinned_order', 'round', 'status']) {
      expect(await refused(ana.query(`update queue_items set ${column} = null where id = $1`, [song]))).toBe(
        '42501',
      )
    }
  })

  it('keep tallies and rev in step when many vote at once', async () => {
    const crowd = await Promise.all(Array.from({ length: 8 }, (_, i) => person(`Voter ${i}`)))
    for (const who of crowd) await who.call('join_session', { p_session_id: party.id })
    await Promise.all(crowd.map((who) => vote(who, song)))
    const sent = (await party.sent()).flatMap(({ state }) => (state?.tallies ? [state.tallies] : []))
    expect(sent.map(({ rev, votes }) => [rev, votes[song]])).toEqual(crowd.map((_, i) => [i + 1, i + 1]))
    const [count] = await sql`select votes from queue_items where id = ${song}`
    expect(count?.votes).toBe(8)
  })

  it('never stand in the way of the DJ who orders the queue at the same moment', async () => {
    const second = await party.ask(ben, await publishedTrack(ben))
    const moves = Array.from({ length: 12 }, (_, n) =>
      party.command(dj, 'move_in_queue', {
        p_item_id: n % 2 ? song : second,
        p_before_item_id: n % 2 ? second : song,
      }),
    )
    const votes = Array.from({ length: 12 }, (_, n) =>
      vote(n % 2 ? ana : ben, n % 3 ? song : second, n % 4 < 2),
    )
    const failures = (await Promise.allSettled([...moves, ...votes])).filter(
      ({ status }) => status === 'rejected',
    )
    expect(failures).toEqual([])
  })

  it('follow an account that is deleted', async () => {
    await vote(ben, song)
    await sql`delete from auth.users where id = ${ben.id}`
    expect((await tallies()).votes).toEqual({})
  })

  it('of fresh guests share an allowance, so that a flood of them is bounded (attack 9)', async () => {
    const [guest, regular] = await Promise.all([person('Guest', { guest: true }), person('Regular')])
    for (const who of [guest, regular]) await who.call('join_session', { p_session_id: party.id })
    await sql`
      insert into private.rate_counters (subject, kind, window_started_at, used)
      values (${party.id}, 'newcomers vote', now(), 300)`
    expect(await refused(vote(guest, song))).toBe('rate_limited')
    await vote(regular, song)
    await sql`update session_members set joined_at = now() - interval '11 minutes' where user_id = ${guest.id}`
    await vote(guest, song)
  })
})

describe('asking for songs', () => {
  it('takes turns between people, whatever the votes', async () => {
    const second = await party.ask(ana, await publishedTrack(ana))
    const bens = await party.ask(ben, await publishedTrack(ben))
    await vote(dj, second)
    expect(await order()).toEqual([second, bens, song])
    await party.command(dj, 'play')
    const { turns, queue } = await party.snapshot(dj)
    expect(turns).toEqual({ currentRound: 1, lastRoundByPerson: { [ana.id]: 1 } })
    expect(queue).toHaveLength(3)
  })

  it('knows published tracks only: own ones, starter tracks, and what this session has had', async () => {
    const bens = await publishedTrack(ben)
    expect(await refused(party.command(ana, 'add_to_queue', { p_track_id: bens }))).toBe('not_found')
    await party.ask(ben, bens)
    expect(await refused(party.command(ana, 'add_to_queue', { p_track_id: bens }))).toBe('already_queued')

    const starter = randomUUID()
    await service.call('upsert_starter_track', {
      p_track_id: starter,
      p_title: 'Starter',
      p_artist: 'WhatsSound',
      p_verified: verified(30_000),
    })
    await party.ask(ana, starter)

    const unready = randomUUID()
    await ana.call('start_upload', {
      p_track_id: unready,
      p_title: 'Unready',
      p_source: { name: 'x', bytes: 1, sha256: 'b'.repeat(64) },
    })
    expect(await refused(party.command(ana, 'add_to_queue', { p_track_id: unready }))).toBe(
      'track_not_published',
    )
  })

  it('can be closed to listeners, not to the DJ', async () => {
    await party.command(dj, 'update_session', { p_requests_open: false })
    const bens = await publishedTrack(ben)
    expect(await refused(party.command(ben, 'add_to_queue', { p_track_id: bens }))).toBe('not_allowed')
    await party.ask(dj, await publishedTrack(dj))
  })

  it('lets one remove the own wish, and no other (attack 7)', async () => {
    expect(await refused(party.command(ben, 'remove_from_queue', { p_item_id: song }))).toBe('not_allowed')
    await party.command(ana, 'remove_from_queue', { p_item_id: song })
    expect((await party.snapshot(ben)).queue).toEqual([])
    await party.command(dj, 'remove_from_queue', {
      p_item_id: await party.ask(ben, await publishedTrack(ben)),
    })
    expect(await refused(ana.query('delete from queue_items where session_id = $1', [party.id]))).toBe(
      '42501',
    )
  })

  it('never puts what plays back: that is skipped, not removed', async () => {
    await party.command(dj, 'play')
    expect(await refused(party.command(dj, 'remove_from_queue', { p_item_id: song }))).toBe('stale')
  })
})

describe("the DJ's own order", () => {
  let items: string[]
  beforeEach(async () => {
    items = [song]
    for (const who of [ben, dj]) items.push(await party.ask(who, await publishedTrack(who)))
  })
  const move = (who: Actor, itemId: string | undefined, before: string | null | undefined) =>
    party.command(who, 'move_in_queue', { p_item_id: itemId, p_before_item_id: before })

  it('is not for listeners (attack 8)', async () => {
    expect(await refused(move(ana, items[2], items[0]))).toBe('not_allowed')
    expect(await refused(party.command(ana, 'unpin_item', { p_item_id: items[0] }))).toBe('not_allowed')
  })

  it('puts an item in front of another and pins what then stands above', async () => {
    await move(dj, items[2], items[1])
    expect(await order()).toEqual([items[0], items[2], items[1]])
    const pins = (await party.snapshot(dj)).queue.map(({ id, pinnedOrder }) => [id, pinnedOrder])
    expect(Object.fromEntries(pins)).toEqual({
      [`${items[0]}`]: 1,
      [`${items[2]}`]: 2,
      [`${items[1]}`]: null,
    })
    const event = (await party.sent()).at(-1)?.items[0]
    expect(event).toMatchObject({ kind: 'queue.pinned', by: dj.id })
  })

  it('puts an item behind the pinned ones, and gives it back to the votes', async () => {
    await move(dj, items[1], null)
    await move(dj, items[2], null)
    expect(await order()).toEqual([items[1], items[2], items[0]])
    await move(dj, items[2], items[1])
    expect(await order()).toEqual([items[2], items[1], items[0]])
    await party.command(dj, 'unpin_item', { p_item_id: items[2] })
    expect(await order()).toEqual([items[1], items[0], items[2]])
  })

  it('does not use up the turn of who had asked', async () => {
    await move(dj, items[1], null)
    await party.command(dj, 'play')
    expect((await party.snapshot(dj)).turns).toEqual({ currentRound: 0, lastRoundByPerson: {} })
  })

  it('refuses items that have gone, or are not of this session', async () => {
    expect(await refused(move(dj, items[0], items[0]))).toBe('invalid_input')
    expect(await refused(move(dj, randomUUID(), null))).toBe('not_found')
    expect(await refused(move(dj, items[0], randomUUID()))).toBe('not_found')
    await party.command(dj, 'remove_from_queue', { p_item_id: items[0] })
    expect(await refused(move(dj, items[0], null))).toBe('stale')
    expect(await refused(move(dj, items[1], items[0]))).toBe('stale')
  })
})
