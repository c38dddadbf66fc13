import { beforeEach, describe, expect, it } from 'vitest'
import { type Actor, anon, person, refused, service, sql } from './people.ts'
import { type Room, room } from './rooms.ts'
import { read, send } from './topics.ts'

let dj: Actor
let ana: Actor
let stranger: Actor
let party: Room

beforeEach(async () => {
  ;[dj, ana, stranger] = await Promise.all([person('DJ Sol'), person('Ana'), person('Stranger')])
  party = await room(dj, [ana])
})

describe("a session's channel", () => {
  it('is heard by members, with what the database broadcasts and who is present', async () => {
    const topic = `session:${party.id}`
    await send(ana, topic, 'presence')
    for (const extension of ['broadcast', 'presence']) {
      expect(await read(ana, topic, extension)).toHaveLength(1)
      expect(await read(stranger, topic, extension)).toHaveLength(0)
    }
  })

  it('takes presence from members and broadcasts from nobody but the database (attacks 15, 17)', async () => {
    const topic = `session:${party.id}`
    for (const who of [ana, dj]) {
      await send(who, topic, 'presence')
      expect(await refused(send(who, topic, 'broadcast'))).toBe('42501')
      expect(await refused(send(who, topic, 'postgres_changes'))).toBe('42501')
    }
    expect(await refused(send(stranger, topic, 'presence'))).toBe('42501')
    expect(await refused(send(anon, topic, 'presence'))).toBe('42501')
    for (const call of [
      `select realtime.send('{}'::jsonb, 'envelope', '${topic}', true)`,
      `select private.send('${party.id}', '{}'::jsonb)`,
    ]) {
      await ana.query(call).catch(() => {})
    }
    const forged =
      await sql`select from realtime.messages where topic = ${topic} and extension = 'broadcast' and not payload ? 'epoch'`
    expect(forged).toHaveLength(0)
  })

  it.each(['session:', 'session:not-a-uuid', 'session:%', "session:' or true --", 'other', ''])(
    'is exactly one topic: %s is nobody’s',
    async (topic) => {
      expect(await read(ana, topic, 'broadcast')).toEqual([])
      expect(await refused(send(ana, topic, 'presence'))).toBe('42501')
    },
  )

  it('is left behind after a ban: the room goes on where the banned person may not be (attack 22)', async () => {
    const ben = await person('Ben')
    await ben.call('join_session', { p_session_id: party.id })
    const [first, second] = [`session:${party.id}`, `session:${party.id}:1`]
    const hears = async (who: Actor, topic: string) => (await read(who, topic, 'broadcast')).length > 0
    const lastIn = async (topic: string) => {
      const [row] = await sql`
        select payload -> 'items' -> -1 ->> 'kind' as kind from realtime.messages
        where topic = ${topic} and event = 'envelope' order by (payload ->> 'to')::bigint desc limit 1`
      return row?.kind
    }
    await sql`select realtime.send('{}', 'x', ${second}, true)`
    expect([await hears(ana, first), await hears(ana, second)]).toEqual([true, false])

    await dj.call('ban_member', { p_session_id: party.id, p_user_id: ana.id })
    await party.command(dj, 'send_message', { p_text: 'she is gone' })
    expect([await lastIn(first), await lastIn(second)]).toEqual(['member.banned', 'chat.sent'])
    expect([await hears(ana, first), await hears(ana, second)]).toEqual([false, false])
    expect([await hears(ben, first), await hears(ben, second)]).toEqual([false, true])
    expect(await ben.call('join_session', { p_session_id: party.id })).toMatchObject({ channel: 1 })
    expect(await service.call('hub_channel', { p_session_id: party.id })).toBe(1)
  })

  it('counts people, not sockets: the number of listeners is of members (attack 16)', async () => {
    const before = await sql`select count(*)::int from session_members where session_id = ${party.id}`
    for (let n = 0; n < 5; n++) {
      await send(ana, `session:${party.id}`, 'presence')
      await ana.call('join_session', { p_session_id: party.id })
    }
    expect(await sql`select count(*)::int from session_members where session_id = ${party.id}`).toEqual(
      before,
    )
    expect(await anon.call('session_by_slug', { p_slug: party.slug })).toMatchObject({ listenerCount: 1 })
  })
})
