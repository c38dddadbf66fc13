import { beforeEach, describe, expect, it } from 'vitest'
import { type Actor, anon, person, refused, sql } from './people.ts'
import { type Room, room } from './rooms.ts'
import { read, send } from './topics.ts'

const extensions = ['broadcast', 'presence']
let dj: Actor
let ana: Actor
let ben: Actor
let party: Room
let topic: string

beforeEach(async () => {
  ;[dj, ana, ben] = await Promise.all([person('DJ Sol'), person('Ana'), person('Ben')])
  party = await room(dj, [ana, ben])
  topic = `devices:${party.id}:${ana.id}`
})

describe("a person's devices", () => {
  it('meet in a channel of their own', async () => {
    for (const extension of extensions) {
      await send(ana, topic, extension)
      expect(await read(ana, topic, extension)).toHaveLength(1)
    }
  })

  it('are nobody else’s to read or to speak to, not the DJ’s either', async () => {
    for (const extension of extensions) {
      await send(ana, topic, extension)
      for (const who of [ben, dj]) {
        expect(await read(who, topic, extension)).toEqual([])
        expect(await refused(send(who, topic, extension))).toBe('42501')
      }
      expect(await read(anon, topic, extension)).toEqual([])
      expect(await refused(send(anon, topic, extension))).toBe('42501')
    }
    await ben.query(`select realtime.send('{}'::jsonb, 'moved', '${topic}', true)`).catch(() => {})
    const told = await sql`select from realtime.messages where topic = ${topic} and event = 'moved'`
    expect(told).toEqual([])
  })

  it('say nothing else there than that they are here, and what they tell each other', async () => {
    expect(await refused(send(ana, topic, 'postgres_changes'))).toBe('42501')
  })

  it('do not reach into the session’s channel from there, nor the other way round', async () => {
    const session = `session:${party.id}`
    expect(await refused(send(ana, session, 'broadcast'))).toBe('42501')
    await sql`select realtime.send('{}', 'x', ${topic}, true)`
    expect(await read(ben, topic, 'broadcast')).toEqual([])
  })

  it('have none where the person is no member, or was banned', async () => {
    const elsewhere = await room(dj)
    expect(await refused(send(ana, `devices:${elsewhere.id}:${ana.id}`, 'presence'))).toBe('42501')
    await send(ana, topic, 'broadcast')
    await dj.call('ban_member', { p_session_id: party.id, p_user_id: ana.id })
    expect(await refused(send(ana, topic, 'broadcast'))).toBe('42501')
    expect(await read(ana, topic, 'broadcast')).toEqual([])
  })

  it('have exactly one: no other spelling is theirs', async () => {
    const spellings = [
      `devices:${party.id}`,
      `devices:${party.id}:${ana.id}:1`,
      `devices:${party.id}:${ana.id.toUpperCase()}`,
      `devices:${party.id}:%`,
      `devices::${ana.id}`,
      `x-devices:${party.id}:${ana.id}`,
    ]
    for (const spelling of spellings) {
      expect(await refused(send(ana, spelling, 'presence'))).toBe('42501')
      expect(await read(ana, spelling, 'presence')).toEqual([])
    }
  })
})
