import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { catchUpSchema, envelopeSchema } from '#lib/protocol/envelope.ts'
import { type Actor, person, refused, service, sql } from './people.ts'
import { publishedTrack, type Room, room } from './rooms.ts'

let dj: Actor
let ana: Actor
let party: Room

beforeEach(async () => {
  ;[dj, ana] = await Promise.all([person('DJ Sol'), person('Ana')])
  party = await room(dj, [ana])
})

const envelopeOf = (answer: unknown) => envelopeSchema.parse((answer as { envelope: unknown }).envelope)
const log = async (after?: number) =>
  catchUpSchema.parse(
    await service.call('hub_log', {
      p_session_id: party.id,
      ...(after === undefined ? {} : { p_after: after }),
    }),
  )

/** Two hundred more members, so that nobody who comes in is told of. */
async function fill(where: Room): Promise<void> {
  const accounts = await sql<{ id: string }[]>`
    insert into auth.users (id, is_anonymous) select gen_random_uuid(), false from generate_series(1, 200) returning id`
  await sql`
    insert into session_members (session_id, user_id, role)
    select ${where.id}, unnest(${accounts.map(({ id }) => id)}::uuid[]), 'listener'`
}

/** Until one transaction waits for another. */
async function untilSomebodyWaits(): Promise<void> {
  await expect
    .poll(() => sql`select from pg_stat_activity where wait_event_type = 'Lock'`, { timeout: 10_000 })
    .not.toHaveLength(0)
}

describe('the answer to a command', () => {
  it('carries the very envelope that the room was sent', async () => {
    const answer = await party.command(ana, 'send_message', { p_text: 'hello' })
    expect(envelopeOf(answer)).toEqual((await party.sent()).at(-1))
    expect(envelopeOf(answer).items.map(({ seq }) => seq)).toEqual([answer.seq])
  })

  it('carries the tallies after a vote, and nothing when the vote was there already', async () => {
    const itemId = await party.ask(ana, await publishedTrack(dj))
    const vote = () => party.command(ana, 'vote', { p_item_id: itemId, p_voted: true })
    const answer = await vote()
    expect(envelopeOf(answer)).toEqual((await party.sent()).at(-1))
    expect(envelopeOf(answer).state?.tallies?.votes).toEqual({ [itemId]: 1 })
    expect(await vote()).not.toHaveProperty('envelope')
  })
})

describe('joining', () => {
  it('tells how many are listening, whoever joins again too', async () => {
    const bo = await person('Bo')
    const join = () => bo.call('join_session', { p_session_id: party.id })
    expect(await join()).toEqual({ role: 'listener', channel: 0, listenerCount: 3 })
    await sql`update session_members set last_seen_at = now() - interval '11 minutes' where user_id = ${ana.id}`
    expect(await join()).toEqual({ role: 'listener', channel: 0, listenerCount: 2 })
    expect(
      await bo.call('join_session', { p_session_id: party.id, p_invitation: null, p_count_to: 1 }),
    ).toMatchObject({ listenerCount: 1 })
  })

  it('waits for nothing that happens in a large room', async () => {
    await fill(party)
    const [bo, { seq }] = await Promise.all([person('Bo'), party.snapshot(ana)])
    await sql.begin(async (tx) => {
      await tx`select from dj_sessions where id = ${party.id} for no key update`
      await bo.call('join_session', { p_session_id: party.id })
    })
    expect(await party.snapshot(bo)).toMatchObject({ seq, memberCount: 203, me: { role: 'listener' } })
  })

  it.each([
    ['small', async () => {}],
    ['large', (where: Room) => fill(where)],
  ])('in the moment of a ban ends with the ban, in a %s room', async (_size, grow) => {
    await grow(party)
    const eve = await person('Eve')
    const ban = () => dj.call('ban_member', { p_session_id: party.id, p_user_id: eve.id })
    const banned = await eve.transaction(async (tx) => {
      await tx`select public.join_session(${party.id})`
      const banning = ban()
      await untilSomebodyWaits()
      return { banning }
    })
    await banned.banning
    expect(await refused(eve.call('my_snapshot', { p_session_id: party.id }))).toBe('banned')

    const joined = await dj.transaction(async (tx) => {
      await dj.call('unban_member', { p_session_id: party.id, p_user_id: eve.id })
      await tx`select public.ban_member(${party.id}, ${eve.id})`
      const joining = refused(eve.call('join_session', { p_session_id: party.id }))
      await untilSomebodyWaits()
      return { joining }
    })
    expect(await joined.joining).toBe('banned')
  })
})

describe('a snapshot', () => {
  it('names who leads the room and who was here last, in that order', async () => {
    await fill(party)
    await sql`update session_members set last_seen_at = now() - interval '1 day' where user_id = ${ana.id}`
    const { members, memberCount } = await party.snapshot(ana)
    expect([members.length, memberCount]).toEqual([200, 202])
    expect(members[0]).toEqual({ userId: dj.id, name: 'DJ Sol', role: 'dj' })
    expect(members.map(({ userId }) => userId)).not.toContain(ana.id)
  })

  it('of what everybody sees is null where there is no session', async () => {
    expect(await service.call('hub_snapshot', { p_session_id: randomUUID() })).toBeNull()
  })
})

describe('a large room', () => {
  const beat = async () => {
    const { leaseId } = await dj.call<{ leaseId: string }>('claim_lease', { p_session_id: party.id })
    const beaten = { p_lease_id: leaseId, p_rev: 0, p_position_ms: null, p_at_ms: Date.now() }
    await dj.call('record_heartbeat', { p_session_id: party.id, ...beaten })
    return (await party.sent()).at(-1)
  }

  it('hears with the state how many members there are, since it does not hear of each', async () => {
    expect((await beat())?.state).not.toHaveProperty('memberCount')
    await fill(party)
    await (await person('Bo')).call('join_session', { p_session_id: party.id })
    expect((await beat())?.state).toMatchObject({ memberCount: 203, dj: {} })
    const { seq } = await party.snapshot(ana)
    const page = await ana.call('events_after', { p_session_id: party.id, p_after: seq })
    expect(page).toMatchObject({ items: [], state: { memberCount: 203 } })
  })
})

describe('what hubs ask', () => {
  it('gives the log after a cursor, with the whole state, to the server alone', async () => {
    for (const text of ['one', 'two', 'three']) await party.command(ana, 'send_message', { p_text: text })
    const { seq } = await party.snapshot(ana)
    const page = envelopeSchema.parse(await log(seq - 2))
    expect([page.from, page.to, page.items.length]).toEqual([seq - 2, seq, 2])
    expect(Object.keys(page.state ?? {}).sort()).toEqual(['dj', 'playback', 'tallies'])
    expect(await log(seq + 1)).toMatchObject({ reset: true })
  })

  it('gives the newest two hundred events without a cursor', async () => {
    await sql`update dj_sessions set seq = 1000 where id = ${party.id}`
    await party.command(ana, 'send_message', { p_text: 'late' })
    const page = envelopeSchema.parse(await log())
    expect([page.from, page.to]).toEqual([801, 1001])
  })

  it('says which of some people may hear a session, until they are banned', async () => {
    const eve = await person('Eve')
    await room(eve, [ana, dj])
    const among = () =>
      service.call<string[]>('hub_members_among', {
        p_session_id: party.id,
        p_user_ids: [eve.id, ana.id, dj.id],
      })
    expect((await among()).sort()).toEqual([ana.id, dj.id].sort())
    await dj.call('ban_member', { p_session_id: party.id, p_user_id: ana.id })
    expect(await among()).toEqual([dj.id])
  })

  it('counts those who listen by a stream as seen, in that session', async () => {
    await room(await person('DJ Luna'), [ana])
    await sql`update session_members set last_seen_at = now() - interval '9 minutes' where user_id in ${sql([ana.id, dj.id])}`
    const touched = await service.call('touch_members', { p_session_id: party.id, p_user_ids: [ana.id] })
    expect(touched).toBe(1)
    const seen = await sql`
      select user_id, session_id from session_members
      where user_id in ${sql([ana.id, dj.id])} and last_seen_at > now() - interval '1 minute'`
    expect(seen).toEqual([{ user_id: ana.id, session_id: party.id }])
  })
})
