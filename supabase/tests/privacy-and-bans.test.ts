import { beforeEach, describe, expect, it } from 'vitest'
import { limits } from '#lib/domain/limits/limits.ts'
import { type Actor, anon, person, refused, sql } from './people.ts'
import { publishedTrack, type Room, room } from './rooms.ts'

let dj: Actor
let ana: Actor
let eve: Actor
let den: Room

beforeEach(async () => {
  ;[dj, ana, eve] = await Promise.all([person('DJ Sol'), person('Ana'), person('Eve')])
  den = await room(dj, [ana], { visibility: 'private', title: 'Den' })
  await den.command(ana, 'send_message', { p_text: 'between us' })
  await den.ask(dj, await publishedTrack(dj))
})

const join = (who: Actor, where: Room, invitation?: string) =>
  who.call('join_session', { p_session_id: where.id, p_invitation: invitation ?? null })
const invite = (args = {}) =>
  dj.call<{ id: string; token: string }>('create_invitation', { p_session_id: den.id, ...args })
const ban = (who: Actor, whom: Actor, where: Room = den) =>
  who.call('ban_member', { p_session_id: where.id, p_user_id: whom.id, p_reason: 'rude' })

/** Whether Realtime would let somebody hear a session's channel: it asks the policies on realtime.messages. */
async function mayHear(who: Actor, sessionId: string): Promise<boolean> {
  const rows = await sql.begin(async (tx) => {
    const topic = `session:${sessionId}`
    await tx`insert into realtime.messages (topic, extension, private) values (${topic}, 'broadcast', true)`
    await tx`select set_config('role', 'authenticated', true), set_config('realtime.topic', ${topic}, true),
      set_config('request.jwt.claims', ${JSON.stringify({ sub: who.id, role: 'authenticated' })}, true)`
    return await tx`select from realtime.messages where topic = ${topic}`
  })
  return rows.length > 0
}

const everythingOf = [
  'dj_sessions',
  'session_members',
  'session_bans',
  'session_invitations',
  'queue_items',
  'messages',
] as const

describe('a private session', () => {
  it("shows a stranger nothing by REST, nor any of a session's rows (attack 18)", async () => {
    for (const table of everythingOf) {
      const column = table === 'dj_sessions' ? 'id' : 'session_id'
      const seen = await eve.query(`select ${column} from ${table} where ${column} = $1`, [den.id])
      expect([table, seen]).toEqual([table, []])
    }
    expect(await ana.query('select text from messages where session_id = $1', [den.id])).toEqual([
      { text: 'between us' },
    ])
  })

  it('keeps a stranger out of its channel (attack 19)', async () => {
    expect(await mayHear(eve, den.id)).toBe(false)
    expect(await mayHear(ana, den.id)).toBe(true)
  })

  it('gives a stranger no snapshot and no catch-up, and does not even admit that it exists (attack 20)', async () => {
    for (const [name, args] of [
      ['my_snapshot', {}],
      ['events_after', { p_after: 0 }],
      ['claim_lease', {}],
    ] as const) {
      expect([name, await refused(eve.call(name, { p_session_id: den.id, ...args }))]).toEqual([
        name,
        'not_found',
      ])
    }
    expect(await refused(den.command(eve, 'send_message', { p_text: 'hi' }))).toBe('not_found')
  })

  it('cannot be counted, nor reached by an embed (attack 21)', async () => {
    const [counted] = await eve.query(
      'select count(*)::int as messages from messages where session_id = $1',
      [den.id],
    )
    expect(counted).toEqual({ messages: 0 })
    const embedded = await eve.query(
      `select m.text from dj_sessions s join messages m on m.session_id = s.id where s.title = 'Den'
       union all select m.text from profiles p join messages m on m.author_id = p.id
       union all select m.text from session_members sm join messages m using (session_id)`,
    )
    expect(embedded).toEqual([])
  })

  it('is neither in the lobby nor at its address, except for members and the invited', async () => {
    const lobby = await anon.call<{ id: string }[]>('live_sessions')
    expect(lobby.some(({ id }) => id === den.id)).toBe(false)
    const { token } = await invite()
    const at = (who: Actor, invitation?: string) =>
      who.call('session_by_slug', { p_slug: den.slug, p_invitation: invitation ?? null })
    for (const who of [anon, eve]) {
      expect(await refused(at(who))).toBe('not_found')
      expect(await refused(at(who, 'guessed'))).toBe('not_found')
      expect(await at(who, token)).toMatchObject({ id: den.id, title: 'Den', role: null })
    }
    expect(await at(ana)).toMatchObject({ role: 'listener', banned: false })
  })
})

describe('an invitation', () => {
  it('lets somebody in, as often as it says', async () => {
    const { token } = await invite({ p_max_uses: 1 })
    expect(await join(eve, den, token)).toMatchObject({ role: 'listener' })
    expect(await join(eve, den)).toMatchObject({ role: 'listener' })
    expect(await refused(join(await person('Late'), den, token))).toBe('invitation_invalid')
  })

  it(`lets in at most: ${limits.invitationUsesMax}`, async () => {
    const most = limits.invitationUsesMax
    expect(await invite({ p_max_uses: most })).toMatchObject({ maxUses: most })
    expect(await refused(invite({ p_max_uses: most + 1 }))).toBe('invalid_input')
  })

  it('is used up by one of many who come at once', async () => {
    const { token } = await invite({ p_max_uses: 1 })
    const crowd = await Promise.all(['A', 'B', 'C', 'D'].map((name) => person(name)))
    const answers = await Promise.allSettled(crowd.map((who) => join(who, den, token)))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('is good for nothing after it was revoked (attack 24), has expired, or for another session', async () => {
    const revoked = await invite()
    await dj.call('revoke_invitation', { p_invitation_id: revoked.id })
    expect(await refused(join(eve, den, revoked.token))).toBe('invitation_invalid')
    const expired = await invite()
    await sql`update session_invitations set expires_at = now() where id = ${expired.id}`
    expect(await refused(join(eve, den, expired.token))).toBe('invitation_invalid')
    const elsewhere = await room(ana, [], { visibility: 'private' })
    const other = await ana.call('create_invitation', { p_session_id: elsewhere.id })
    expect(await refused(join(eve, den, other.token as string))).toBe('invitation_invalid')
    expect(await refused(join(eve, den))).toBe('invitation_invalid')
  })

  it('is made and revoked by the DJ alone, and nobody reads its token again', async () => {
    const { id } = await invite()
    for (const who of [ana, eve]) {
      expect(await refused(who.call('revoke_invitation', { p_invitation_id: id }))).toBe('not_found')
    }
    expect(await refused(ana.call('create_invitation', { p_session_id: den.id }))).toBe('not_allowed')
    expect(await refused(dj.query('select token_hash from session_invitations'))).toBe('42501')
    expect(await dj.query('select id from session_invitations where id = $1', [id])).toEqual([{ id }])
    expect(await ana.query('select id from session_invitations')).toEqual([])
  })
})

describe('a ban', () => {
  it('shuts every way in at once (attack 22)', async () => {
    await ban(dj, ana)
    expect(await mayHear(ana, den.id)).toBe(false)
    for (const table of ['dj_sessions', 'session_members', 'queue_items', 'messages'] as const) {
      const column = table === 'dj_sessions' ? 'id' : 'session_id'
      expect(await ana.query(`select ${column} from ${table} where ${column} = $1`, [den.id])).toEqual([])
    }
    const { token } = await invite()
    for (const attempt of [
      () => ana.call('my_snapshot', { p_session_id: den.id }),
      () => ana.call('events_after', { p_session_id: den.id, p_after: 0 }),
      () => den.command(ana, 'send_message', { p_text: 'let me in' }),
      () => den.react(ana),
      () => join(ana, den, token),
    ]) {
      expect(await refused(attempt())).toBe('banned')
    }
    expect(await anon.call('session_by_slug', { p_slug: den.slug, p_invitation: token })).toBeTruthy()
  })

  it('takes the votes and waiting wishes along, and the room hears of it', async () => {
    const wish = await den.ask(ana, await publishedTrack(ana))
    const [djs] = (await den.snapshot(dj)).queue
    await den.command(ana, 'vote', { p_item_id: djs?.id, p_voted: true })
    await ban(dj, ana)
    const { queue, tallies, members } = await den.snapshot(dj)
    expect(queue.map(({ id }) => id)).toEqual([djs?.id])
    expect(tallies.votes).toEqual({})
    expect(members.map(({ userId }) => userId)).toEqual([dj.id])
    const told = (await den.sent()).at(-1)
    expect(told?.items.map(({ kind, payload }) => [kind, payload])).toEqual([
      ['queue.removed', { itemId: wish }],
      ['member.banned', { userId: ana.id, channel: 1 }],
    ])
    expect(told?.state?.tallies).toEqual(tallies)
  })

  it('ends with the lift, but the way in is the usual one', async () => {
    await ban(dj, ana)
    await dj.call('unban_member', { p_session_id: den.id, p_user_id: ana.id })
    expect(await refused(join(ana, den))).toBe('invitation_invalid')
    expect(await join(ana, den, (await invite()).token)).toMatchObject({ role: 'listener' })
  })

  it('wins against a join at the same moment', async () => {
    const club = await room(dj)
    for (let n = 0; n < 5; n++) {
      const who = await person(`Racer ${n}`)
      await Promise.allSettled([join(who, club), ban(dj, who, club), join(who, club)])
      await join(who, club).catch(() => {})
      const rows =
        await sql`select from session_members where session_id = ${club.id} and user_id = ${who.id}`
      expect(rows).toHaveLength(0)
    }
  })

  it('is for who moderates; moderators have no power over the DJ, co-DJs and each other', async () => {
    const [moderator, coDj, other] = await Promise.all([person('Mo'), person('Co'), person('Other')])
    const club = await room(dj, [moderator, coDj, other])
    const setRole = (who: Actor, whom: Actor, role: string) =>
      who.call('set_member_role', { p_session_id: club.id, p_user_id: whom.id, p_role: role })
    await setRole(dj, moderator, 'moderator')
    await setRole(dj, coDj, 'co_dj')
    expect(await refused(ban(other, moderator, club))).toBe('not_allowed')
    expect(await refused(ban(coDj, other, club))).toBe('not_allowed')
    for (const whom of [dj, coDj, moderator])
      expect(await refused(ban(moderator, whom, club))).toBe('not_allowed')
    await ban(moderator, other, club)
    await ban(dj, coDj, club)
    for (const who of [moderator, coDj]) expect(await refused(setRole(who, who, 'dj'))).not.toBe('dj')
    expect(await refused(setRole(moderator, moderator, 'co_dj'))).toBe('not_allowed')
    expect(await refused(setRole(dj, moderator, 'dj'))).toBe('invalid_input')
    expect(await refused(setRole(dj, dj, 'listener'))).toBe('not_allowed')
  })

  it('is seen by who moderates, with its reason, and by nobody else', async () => {
    await ban(dj, ana)
    const bans = 'select user_id, reason from session_bans where session_id = $1'
    expect(await dj.query(bans, [den.id])).toEqual([{ user_id: ana.id, reason: 'rude' }])
    expect(await eve.query(bans, [den.id])).toEqual([])
    expect(await ana.query(bans, [den.id])).toEqual([])
  })

  it('makes a new guest who comes right after a banned one wait before chatting (attack 23)', async () => {
    const club = await room(dj)
    const [troll, early] = await Promise.all([
      person('Troll', { guest: true }),
      person('Early', { guest: true }),
    ])
    await join(troll, club)
    await ban(dj, troll, club)
    const [back, regular] = await Promise.all([person('Troll II', { guest: true }), person('Regular')])
    for (const who of [back, early, regular]) await join(who, club)
    expect(await refused(club.command(back, 'send_message', { p_text: 'back!' }))).toBe('muted')
    for (const who of [early, regular]) await club.command(who, 'send_message', { p_text: 'hi' })
    const later = await person('Later', { guest: true })
    await sql`update session_bans set created_at = now() - interval '31 minutes' where session_id = ${club.id}`
    await join(later, club)
    await club.command(later, 'send_message', { p_text: 'hi' })
  })
})

describe('nobody', () => {
  it('signed in: reaches the lobby, addresses and profiles, and nothing else (attack 25)', async () => {
    const functions = await sql<{ name: string; args: string }[]>`
      select p.proname as name, (select string_agg(format('%I => null', a), ', ')
        from unnest(p.proargnames) a) as args
      from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prorettype <> 'trigger'::regtype`
    expect(functions.length).toBeGreaterThan(30)
    for (const { name, args } of functions) {
      const outcome = await anon.query(`select public.${name}(${args ?? ''})`).then(
        () => 'allowed',
        (error) => error.code as string,
      )
      const open = ['live_sessions', 'session_by_slug', 'profile_page'].includes(name)
      expect([name, outcome === '42501']).toEqual([name, !open])
    }
    for (const table of everythingOf) expect(await refused(anon.query(`select from ${table}`))).toBe('42501')
  })
})
