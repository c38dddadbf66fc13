import { describe, expect, it } from 'vitest'
import { type Actor, anon, person, refused, service, sql } from './people.ts'
import { publishedTrack, room } from './rooms.ts'

type Head = { id: string; slug: string; listenerCount: number; nowPlaying: { title: string } | null }
const lobby = (who: Actor = anon) => who.call<Head[]>('live_sessions')
const find = async (id: string) => (await lobby()).find((head) => head.id === id)

describe('the lobby', () => {
  it('shows live public sessions to everybody, with what plays and who listens', async () => {
    const [dj, ana] = await Promise.all([person('DJ Sol'), person('Ana', { guest: true })])
    const party = await room(dj, [ana], { title: 'Noche de vinilo' })
    expect(await find(party.id)).toEqual({
      id: party.id,
      slug: party.slug,
      title: 'Noche de vinilo',
      status: 'live',
      visibility: 'public',
      artworkPath: null,
      djName: 'DJ Sol',
      djHandle: null,
      startedAt: expect.any(Number),
      listenerCount: 1,
      nowPlaying: null,
    })
    await party.ask(dj, await publishedTrack(dj, { title: 'Sunrise' }))
    await party.command(dj, 'play')
    expect((await find(party.id))?.nowPlaying).toMatchObject({ title: 'Sunrise' })
    await party.command(dj, 'end_session')
    expect(await find(party.id)).toBeUndefined()
    expect(await anon.call('session_by_slug', { p_slug: party.slug })).toMatchObject({ status: 'ended' })
  })

  it('leaves out unlisted and private sessions, though the address of an unlisted one works', async () => {
    const dj = await person('DJ Sol')
    const unlisted = await room(dj, [], { visibility: 'unlisted' })
    const hidden = await room(dj, [], { visibility: 'private' })
    expect(await find(unlisted.id)).toBeUndefined()
    expect(await find(hidden.id)).toBeUndefined()
    expect(await anon.call('session_by_slug', { p_slug: unlisted.slug })).toMatchObject({ id: unlisted.id })
    const ana = await person('Ana')
    expect(
      await ana.query('select id from dj_sessions where id = any($1)', [[unlisted.id, hidden.id]]),
    ).toEqual([])
    await ana.call('join_session', { p_session_id: unlisted.id })
    expect(await ana.query('select id from dj_sessions where id = $1', [unlisted.id])).toHaveLength(1)
  })

  it('forgets who has not been seen for ten minutes, and sessions where nobody is', async () => {
    const [dj, ana] = await Promise.all([person('DJ Sol'), person('Ana')])
    const party = await room(dj, [ana])
    await sql`update session_members set last_seen_at = now() - interval '11 minutes' where user_id = ${ana.id}`
    expect((await find(party.id))?.listenerCount).toBe(0)
    await service.call('touch_members', { p_session_id: party.id, p_user_ids: [ana.id] })
    expect((await find(party.id))?.listenerCount).toBe(1)
    await sql`update session_members set last_seen_at = now() - interval '11 minutes' where session_id = ${party.id}`
    expect(await find(party.id)).toBeUndefined()
  })
})

describe('the count of listeners', () => {
  it('leaves out at once who gave signs of life and gives none any more, and counts them when they are back', async () => {
    const [dj, ana, ben] = await Promise.all([person('DJ Sol'), person('Ana'), person('Ben')])
    const party = await room(dj, [ana, ben])
    const sayHere = () =>
      service.call('hear_signs', {
        p_session_ids: [party.id],
        p_user_ids: [ana.id],
        p_every_ms: [8_000],
        p_watched: [],
      })
    await sayHere()
    expect((await find(party.id))?.listenerCount).toBe(2)
    await sql`update private.signs_of_life set counts_until = counts_until - interval '21 seconds' where session_id = ${party.id}`
    expect((await find(party.id))?.listenerCount).toBe(1)
    await sayHere()
    expect((await find(party.id))?.listenerCount).toBe(2)
  })
})

describe('an address', () => {
  it.each([
    ['Noche de vinilo', /^noche-de-vinilo-[0-9a-z]{8}$/],
    ['Ñandú & Año: ¡fiesta!', /^nandu-ano-fiesta-[0-9a-z]{8}$/],
    ['夜の音楽', /^[0-9a-z]{8}$/],
    ['../../etc/passwd', /^etc-passwd-[0-9a-z]{8}$/],
    ['A title that is much longer than an address wants', /^a-title-that-is-much-lon-[0-9a-z]{8}$/],
  ])('is made from the title %s and chance', async (title, slug) => {
    const party = await room(await person('DJ'), [], { title })
    expect(party.slug).toMatch(slug)
  })

  it('does not repeat, and one that is wrong leads nowhere', async () => {
    const slugs = await sql`select private.make_slug('') as slug from generate_series(1, 2000)`
    expect(new Set(slugs.map(({ slug }) => slug)).size).toBe(2000)
    for (const p_slug of ['', null, 'nowhere', "' or true --", '%']) {
      expect(await refused(anon.call('session_by_slug', { p_slug }))).toBe('not_found')
    }
  })

  it('needs a title, and a visibility that there is', async () => {
    const dj = await person('DJ')
    for (const args of [
      { p_title: '' },
      { p_title: '\u200b' },
      { p_title: null },
      { p_title: 'x', p_visibility: 'secret' },
      { p_title: 'x', p_visibility: null },
    ]) {
      expect(await refused(dj.call('create_session', args))).toBe('invalid_input')
    }
  })
})

describe('joining', () => {
  it('is told to the room while it is small, once a person', async () => {
    const [dj, ana] = await Promise.all([person('DJ'), person('Ana')])
    const party = await room(dj, [ana])
    await ana.call('join_session', { p_session_id: party.id })
    const joined = (await party.sent())
      .flatMap(({ items }) => items)
      .filter(({ kind }) => kind === 'member.joined')
    expect(joined.map(({ payload }) => payload)).toEqual([{ userId: ana.id, name: 'Ana', role: 'listener' }])
  })

  it('is quiet in a large room, whose snapshot shows 200 and counts all', async () => {
    const dj = await person('DJ')
    const party = await room(dj)
    const ids =
      await sql`insert into auth.users (id) select gen_random_uuid() from generate_series(1, 205) returning id`
    await sql`insert into session_members ${sql(
      ids.map(({ id }) => ({ session_id: party.id, user_id: id, role: 'listener' })),
    )}`
    const { seq } = await party.snapshot(dj)
    const ana = await person('Ana')
    expect(await ana.call('join_session', { p_session_id: party.id })).toMatchObject({ role: 'listener' })
    const snapshot = await party.snapshot(dj)
    expect([snapshot.seq, snapshot.memberCount, snapshot.members.length]).toEqual([seq, 207, 200])
    expect(snapshot.members[0]).toMatchObject({ userId: dj.id, role: 'dj' })
  })

  it('is over with the session, except for a look back', async () => {
    const [dj, ana, late] = await Promise.all([person('DJ'), person('Ana'), person('Late')])
    const party = await room(dj, [ana])
    await party.command(dj, 'end_session')
    expect(await ana.call('join_session', { p_session_id: party.id })).toMatchObject({ role: 'listener' })
    expect(await refused(late.call('join_session', { p_session_id: party.id }))).toBe('session_ended')
    expect(await refused(late.call('join_session', { p_session_id: dj.id }))).toBe('not_found')
  })
})
