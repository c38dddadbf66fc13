import { beforeEach, describe, expect, it } from 'vitest'
import { peopleHereSchema } from '#lib/protocol/people-here.ts'
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

const sayHere = (userIds: readonly string[]) =>
  service.call('hear_signs', {
    p_session_ids: userIds.map(() => party.id),
    p_user_ids: userIds,
    p_every_ms: userIds.map(() => 8_000),
    p_watched: [],
  })
const page = async (who: Actor, after: string | null = null) =>
  peopleHereSchema.parse(await who.call('people_here', { p_session_id: party.id, p_after: after }))
const namesOf = (people: readonly { name: string }[]) => people.map(({ name }) => name)

/** Listeners with names and ids of which nobody knows. */
async function fill(count: number): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    insert into auth.users (id, is_anonymous, raw_user_meta_data)
    select gen_random_uuid(), false, jsonb_build_object('display_name', 'Listener ' || n)
    from generate_series(1, ${count}) n returning id`
  const ids = rows.map(({ id }) => id)
  await sql`insert into session_members (session_id, user_id, role) select ${party.id}, unnest(${ids}::uuid[]), 'listener'`
  return ids
}

describe('the people who are here', () => {
  it('are those who say so, not all members', async () => {
    await sayHere([ana.id])
    expect(await page(ben)).toEqual({
      people: [{ userId: ana.id, name: 'Ana', role: 'listener' }],
      next: null,
    })
    await sql`update private.signs_of_life set counts_until = counts_until - interval '21 seconds' where session_id = ${party.id}`
    expect(await page(ben)).toEqual({ people: [], next: null })
  })

  it('begin with who plays and keeps the chat, and whom one follows', async () => {
    const others = await fill(60)
    const mod = await person('Mod')
    await mod.call('join_session', { p_session_id: party.id })
    await sql`update session_members set role = 'moderator' where session_id = ${party.id} and user_id = ${mod.id}`
    await ana.call('follow', { p_user_id: ben.id, p_following: true })
    await sayHere([dj.id, ana.id, ben.id, mod.id, ...others])
    expect(namesOf((await page(ana)).people).slice(0, 3)).toEqual(['DJ Sol', 'Mod', 'Ben'])
    expect(namesOf((await page(mod)).people).slice(0, 2)).toEqual(['DJ Sol', 'Mod'])
  })

  it('come page by page, each once', async () => {
    const others = await fill(120)
    await sayHere([dj.id, ana.id, ...others])
    const found: string[] = []
    let after: string | null = null
    let pages = 0
    do {
      const { people, next } = await page(ana, after)
      found.push(...people.map(({ userId }) => userId))
      after = next
      pages += 1
    } while (after !== null)
    expect(pages).toBe(3)
    expect(found.toSorted()).toEqual([dj.id, ana.id, ...others].toSorted())
    expect(found[0]).toBe(dj.id)
  })

  it('are told to members alone, sixty times a minute', async () => {
    const eve = await person('Eve')
    expect(await refused(page(eve))).toBe('not_allowed')
    expect(await refused(page(anon))).toBe('42501')
    for (let count = 0; count < 60; count++) await page(ana)
    expect(await refused(page(ana))).toBe('rate_limited')
  })
})
