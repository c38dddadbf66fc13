import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { catchUpSchema, type Envelope, envelopeSchema } from '#lib/protocol/envelope.ts'
import { type Actor, person, refused, service, sql } from './people.ts'
import { publishedTrack, type Room, room } from './rooms.ts'

let dj: Actor
let ana: Actor
let party: Room

beforeEach(async () => {
  ;[dj, ana] = await Promise.all([person('DJ Sol'), person('Ana')])
  party = await room(dj, [ana])
})

const say = (who: Actor, text: string, commandId?: string) =>
  party.command(who, 'send_message', { p_text: text }, commandId)
const catchUp = async (who: Actor, cursor: number | null) =>
  catchUpSchema.parse(await who.call('events_after', { p_session_id: party.id, p_after: cursor }))
const page = async (who: Actor, cursor: number): Promise<Envelope> =>
  envelopeSchema.parse(await catchUp(who, cursor))

describe('the log', () => {
  it('has no gap and no double under eight senders at once', async () => {
    const senders = await Promise.all(Array.from({ length: 8 }, (_, i) => person(`Sender ${i}`)))
    for (const who of senders) await who.call('join_session', { p_session_id: party.id })
    const { seq: start } = await party.snapshot(ana)
    await Promise.all(
      senders.map(async (who) => {
        for (let n = 0; n < 15; n++) await say(who, `${who.name} says ${n}`)
      }),
    )
    const { items, from, to } = await page(ana, start)
    expect(items.map(({ seq }) => seq)).toEqual(Array.from({ length: 120 }, (_, n) => start + n + 1))
    expect([from, to]).toEqual([start, start + 120])
    // What was sent is what was logged: each event once, in order.
    const sent = (await party.sent()).flatMap((envelope) => envelope.items)
    expect(sent.map(({ seq }) => seq)).toEqual(Array.from({ length: start + 120 }, (_, n) => n + 1))
    // Each sender's own order is kept.
    for (const who of senders) {
      const own = items.flatMap((item) =>
        item.by === who.id && item.kind === 'chat.sent' ? [item.payload.text] : [],
      )
      expect(own).toEqual(Array.from({ length: 15 }, (_, n) => `${who.name} says ${n}`))
    }
  })

  it('keeps one row of forty retries under contention', async () => {
    const commandId = randomUUID()
    const { seq: start } = await party.snapshot(ana)
    const answers = await Promise.all(Array.from({ length: 40 }, () => say(ana, 'again', commandId)))
    for (const answer of answers) expect(answer).toMatchObject({ seq: start + 1, commandId })
    // The one that did it has the envelope for its hub; a repeat tells nobody again.
    expect(answers.filter((answer) => 'envelope' in answer)).toHaveLength(1)
    expect((await page(ana, start)).items).toHaveLength(1)
    const rows = await sql`select from messages where session_id = ${party.id}`
    expect(rows).toHaveLength(1)
  })

  it('leaves no number behind where a command fails', async () => {
    const { seq } = await party.snapshot(ana)
    await say(ana, '').catch(() => {})
    await party.command(dj, 'play').catch(() => {})
    expect((await say(ana, 'next')).seq).toBe(seq + 1)
  })

  it('lets an ended session acknowledge what it acknowledged before, and nothing else', async () => {
    const [said, ended] = [randomUUID(), randomUUID()]
    const first = await say(ana, 'last words', said)
    const end = await party.command(dj, 'end_session', {}, ended)
    expect((await say(ana, 'last words', said)).seq).toBe(first.seq)
    expect((await party.command(dj, 'end_session', {}, ended)).seq).toBe(end.seq)
    const attempts = [
      () => say(ana, 'one more'),
      () => party.react(ana),
      () => party.command(dj, 'update_session', { p_title: 'Back' }),
      () => party.command(dj, 'play'),
      () => dj.call('claim_lease', { p_session_id: party.id }),
      () => dj.call('ban_member', { p_session_id: party.id, p_user_id: ana.id }),
    ]
    for (const attempt of attempts) expect(await refused(attempt())).toBe('session_ended')
    const { session, playback } = await party.snapshot(ana)
    expect([session.status, playback.status]).toEqual(['ended', 'idle'])
  })

  it('cannot be written by a client (attack 17)', async () => {
    for (const who of [ana, dj]) {
      expect(
        await refused(
          who.query(
            "insert into session_events (session_id, seq, kind, payload) values ($1, 99, 'session.ended', '{}')",
            [party.id],
          ),
        ),
      ).toBe('42501')
      expect(
        await refused(
          who.query('select private.append_event($1, $2, $3, null, null)', [party.id, 'x', '{}']),
        ),
      ).toBe('42501')
    }
  })
})

describe('catching up', () => {
  it('gives what follows on a cursor, with the state, and nothing at the newest one', async () => {
    const { seq } = await party.snapshot(ana)
    await say(ana, 'one')
    await say(ana, 'two')
    const { items, state } = await page(ana, seq + 1)
    expect(items.map((item) => item.kind === 'chat.sent' && item.payload.text)).toEqual(['two'])
    expect(state).toMatchObject({
      playback: { status: 'idle' },
      tallies: { rev: 0 },
      dj: { presentUntil: null },
    })
    expect(await page(ana, seq + 2)).toMatchObject({ from: seq + 2, to: seq + 2, items: [] })
    expect(await catchUp(ana, -1)).toMatchObject({ reset: true })
  })

  it('comes in pages of at most 500', async () => {
    await sql`
      insert into session_events (session_id, seq, kind, payload)
      select ${party.id}, n, 'queue.finished', jsonb_build_object('itemId', gen_random_uuid())
      from generate_series(2, 701) n`
    await sql`update dj_sessions set seq = 701 where id = ${party.id}`
    const first = await page(ana, 0)
    expect([first.items.length, first.from, first.to]).toEqual([500, 0, 500])
    const second = await page(ana, first.to)
    expect([second.items.length, second.from, second.to]).toEqual([201, 500, 701])
  })

  it('asks for a new snapshot where the cursor is too old, from the future, or no cursor', async () => {
    await sql`update dj_sessions set seq = 5000 where id = ${party.id}`
    const { epoch } = await party.snapshot(ana)
    for (const cursor of [2_999, 5_001, -1, null]) {
      expect(await catchUp(ana, cursor)).toEqual({ epoch, reset: true })
    }
  })

  it('agrees with the snapshot: both say the same at the same seq', async () => {
    const song = await party.ask(ana, await publishedTrack(ana))
    await party.command(dj, 'vote', { p_item_id: song, p_voted: true })
    await party.command(dj, 'play')
    const { seq, playback, tallies, dj: presence } = await party.snapshot(dj)
    expect((await page(dj, seq)).state).toEqual({ playback, tallies, dj: presence })
  })
})

describe('a quiet channel', () => {
  it('gets a ping with the newest seq and the state, once', async () => {
    await sql`update dj_sessions set spoke_at = now() - interval '20 seconds' where id = ${party.id}`
    await sql`update playback set spoke_at = now() - interval '20 seconds' where session_id = ${party.id}`
    const before = (await party.sent()).length
    await service.call('ping_sessions')
    await service.call('ping_sessions')
    const sent = await party.sent()
    expect(sent).toHaveLength(before + 1)
    const { seq } = await party.snapshot(ana)
    expect(sent.filter(({ state }) => state?.dj && state.playback && state.tallies)).toMatchObject([
      { from: seq, to: seq, items: [] },
    ])
  })
})
