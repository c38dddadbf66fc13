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

const hear = (people: readonly Actor[], watched = [party.id], who: Actor = service, everyInMs = 8_000) =>
  who.call<Record<string, string[]>>('hear_signs', {
    p_session_ids: people.map(() => party.id),
    p_user_ids: people.map(({ id }) => id),
    p_every_ms: people.map(() => everyInMs),
    p_watched: watched,
  })
/** As if this long had passed since somebody's last sign. */
const age = (who: Actor, seconds: number) =>
  sql`update private.signs_of_life set counts_until = counts_until - make_interval(secs => ${seconds}) where user_id = ${who.id}`
const known = () => sql`select user_id from private.signs_of_life where session_id = ${party.id}`

describe('signs of life', () => {
  it('make nobody silent who gives them, and nobody who never did', async () => {
    expect(await hear([ana, ben])).toEqual({})
    await age(ana, 15)
    expect(await hear([])).toEqual({})
  })

  it('that cease make silent for as long as others may count on somebody', async () => {
    await hear([ana, ben])
    await age(ana, 18)
    await age(ben, 20)
    expect(await hear([])).toEqual({ [party.id]: [ana.id, ben.id] })
    expect(await hear([ana])).toEqual({ [party.id]: [ben.id] })
    await age(ben, 75)
    expect(await hear([])).toEqual({})
  })

  it('count the longer the more rarely they are given, as in a large room', async () => {
    await hear([ana, ben])
    await hear([ben], [], service, 60_000)
    await age(ana, 18)
    await age(ben, 118)
    expect(await hear([])).toEqual({ [party.id]: [ana.id] })
    await age(ben, 4)
    expect(await hear([])).toEqual({ [party.id]: [ben.id, ana.id] })
  })

  it('are told of the watched sessions alone', async () => {
    const other = await room(dj, [ana])
    await hear([ana])
    await age(ana, 18)
    expect(await hear([], [other.id])).toEqual({})
    expect(await hear([], [])).toEqual({})
    expect(await hear([], [other.id, party.id])).toEqual({ [party.id]: [ana.id] })
  })

  it('count once, however often they come in one moment, and of members alone', async () => {
    const eve = await person('Eve')
    await hear([ana, ana, eve])
    expect(await known()).toEqual([{ user_id: ana.id }])
  })

  it('go with a ban, and after an hour', async () => {
    await hear([ana, ben])
    await dj.call('ban_member', { p_session_id: party.id, p_user_id: ben.id })
    expect(await known()).toEqual([{ user_id: ana.id }])
    await age(ana, 3_700)
    await service.call('tidy_up')
    expect(await known()).toEqual([])
  })

  it('are the app’s to take, and nobody’s to read', async () => {
    for (const who of [ana, dj, anon]) expect(await refused(hear([ana], [party.id], who))).toBe('42501')
    for (const who of [ana, dj, anon, service]) {
      expect(await refused(who.query('select * from private.signs_of_life'))).toBe('42501')
    }
  })
})
