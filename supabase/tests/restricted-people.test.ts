import { beforeEach, describe, expect, it } from 'vitest'
import { mayModerate, type Role } from '#lib/domain/permissions/permissions.ts'
import { restrictedPeopleSchema } from '#lib/protocol/restricted-people.ts'
import { type Actor, anon, person, refused, sql } from './people.ts'
import { type Room, room } from './rooms.ts'

let dj: Actor
let mod: Actor
let ana: Actor
let ben: Actor
let club: Room

beforeEach(async () => {
  ;[dj, mod, ana, ben] = await Promise.all([person('DJ Sol'), person('Mo'), person('Ana'), person('Ben')])
  club = await room(dj, [mod, ana, ben])
  await dj.call('set_member_role', { p_session_id: club.id, p_user_id: mod.id, p_role: 'moderator' })
})

const restricted = async (who: Actor) =>
  restrictedPeopleSchema.parse(await who.call('restricted_people', { p_session_id: club.id }))
const mute = (who: Actor, whom: Actor, minutes: number) =>
  who.call('mute_member', { p_session_id: club.id, p_user_id: whom.id, p_minutes: minutes })
const ban = (who: Actor, whom: Actor) => who.call('ban_member', { p_session_id: club.id, p_user_id: whom.id })

describe('the muted and the banned', () => {
  it('are told to who moderates, until it is lifted', async () => {
    expect(await restricted(mod)).toEqual({ muted: [], banned: [] })
    const { until: anaUntil } = await mute(mod, ana, 10)
    const { until: benUntil } = await mute(dj, ben, 60)
    for (const who of [dj, mod]) {
      expect((await restricted(who)).muted).toEqual([
        { userId: ben.id, until: benUntil },
        { userId: ana.id, until: anaUntil },
      ])
    }
    await mute(dj, ben, 0)
    await ban(mod, ana)
    expect(await restricted(dj)).toEqual({ muted: [], banned: [{ userId: ana.id, name: 'Ana' }] })
    await mod.call('unban_member', { p_session_id: club.id, p_user_id: ana.id })
    expect(await restricted(dj)).toEqual({ muted: [], banned: [] })
  })

  it('are muted no more once the time is over', async () => {
    await mute(dj, ana, 10)
    await sql`update session_members set muted_until = now() where session_id = ${club.id} and user_id = ${ana.id}`
    expect(await restricted(dj)).toEqual({ muted: [], banned: [] })
  })

  it('are named the latest ban first', async () => {
    await ban(dj, ana)
    await ban(dj, ben)
    expect((await restricted(dj)).banned.map(({ name }) => name)).toEqual(['Ben', 'Ana'])
  })

  it('are those of this session alone', async () => {
    const other = await room(dj, [ana])
    await dj.call('ban_member', { p_session_id: other.id, p_user_id: ana.id })
    expect(await restricted(dj)).toEqual({ muted: [], banned: [] })
  })

  it('are nobody else’s to know, and asked for sixty times a minute', async () => {
    await dj.call('set_member_role', { p_session_id: club.id, p_user_id: ben.id, p_role: 'co_dj' })
    const eve = await person('Eve')
    for (const who of [ana, ben, eve]) expect(await refused(restricted(who))).toBe('not_allowed')
    expect(await refused(restricted(anon))).toBe('42501')
    for (let count = 0; count < 60; count++) await restricted(mod)
    expect(await refused(restricted(mod))).toBe('rate_limited')
  })
})

it('who may moderate whom is the same here as in the interface', async () => {
  const roles: readonly Role[] = ['dj', 'co_dj', 'moderator', 'listener']
  const setRole = (who: Actor, role: Role) =>
    sql`update session_members set role = ${role} where session_id = ${club.id} and user_id = ${who.id}`
  for (const mine of roles) {
    for (const theirs of roles) {
      // A session has one DJ.
      if (mine === 'dj' && theirs === 'dj') continue
      await setRole(dj, mine === 'dj' || theirs === 'dj' ? 'listener' : 'dj')
      await setRole(mod, mine)
      await setRole(ana, theirs)
      const isAllowed = await mute(mod, ana, 10).then(
        () => true,
        () => false,
      )
      expect([mine, theirs, isAllowed]).toEqual([mine, theirs, mayModerate(mine, theirs)])
      await setRole(mod, 'listener')
      await setRole(ana, 'listener')
    }
  }
})
