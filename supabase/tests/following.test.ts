import { beforeEach, describe, expect, it } from 'vitest'
import { catchUpSchema } from '#lib/protocol/envelope.ts'
import { type Actor, person, refused } from './people.ts'
import { room } from './rooms.ts'

let sol: Actor
let ana: Actor
let eve: Actor

beforeEach(async () => {
  ;[sol, ana, eve] = await Promise.all([person('DJ Sol'), person('Ana', { guest: true }), person('Eve')])
})

const follow = (who: Actor, whom: Actor, following = true) =>
  who.call('follow', { p_user_id: whom.id, p_following: following })
const block = (who: Actor, whom: Actor, blocked = true) =>
  who.call('block', { p_user_id: whom.id, p_blocked: blocked })

describe('following', () => {
  it('is for guests too, once a person, and can be taken back', async () => {
    await follow(ana, sol)
    await follow(ana, sol)
    expect(await ana.call('my_people')).toMatchObject({
      following: [{ userId: sol.id, displayName: 'DJ Sol' }],
    })
    await follow(ana, sol, false)
    expect(await ana.call('my_people')).toEqual({ following: [], blocked: [] })
  })

  it('is seen by the follower alone; the other side sees a count', async () => {
    await sol.call('update_profile', { p_handle: `sol${sol.id.replace(/-/g, '').slice(0, 12)}` })
    await follow(ana, sol)
    expect(await sol.query('select * from follows')).toEqual([])
    expect(await ana.query('select followed_id from follows')).toEqual([{ followed_id: sol.id }])
    const p_handle = `sol${sol.id.replace(/-/g, '').slice(0, 12)}`
    expect(await ana.call('profile_page', { p_handle })).toMatchObject({
      followerCount: 1,
      isFollowing: true,
    })
    expect(await eve.call('profile_page', { p_handle })).toMatchObject({
      followerCount: 1,
      isFollowing: false,
    })
  })

  it('refuses oneself, nobody, and writing the table', async () => {
    expect(await refused(follow(ana, ana))).toBe('invalid_input')
    expect(await refused(ana.call('follow', { p_user_id: crypto.randomUUID(), p_following: true }))).toBe(
      'not_found',
    )
    expect(
      await refused(
        ana.query('insert into follows (follower_id, followed_id) values ($1, $2)', [eve.id, sol.id]),
      ),
    ).toBe('42501')
  })
})

describe('blocking', () => {
  it('ends following both ways, and lets it not begin again', async () => {
    await follow(ana, eve)
    await follow(eve, ana)
    await block(ana, eve)
    expect(await ana.call('my_people')).toMatchObject({ following: [], blocked: [{ userId: eve.id }] })
    expect(await eve.call('my_people')).toEqual({ following: [], blocked: [] })
    expect(await refused(follow(eve, ana))).toBe('not_allowed')
    expect(await refused(follow(ana, eve))).toBe('not_allowed')
    await block(ana, eve, false)
    await follow(eve, ana)
  })

  it('is not seen by the blocked', async () => {
    await block(ana, eve)
    expect(await eve.query('select * from blocks')).toEqual([])
  })

  it('hides the chat of the blocked from who blocks them, and from nobody else', async () => {
    const party = await room(sol, [ana, eve])
    await party.command(eve, 'send_message', { p_text: 'buy my tape' })
    await party.command(sol, 'send_message', { p_text: 'welcome' })
    await block(ana, eve)

    const texts = async (who: Actor) => (await party.snapshot(who)).messages.map(({ text }) => text)
    expect(await texts(ana)).toEqual(['welcome'])
    expect(await texts(sol)).toEqual(['buy my tape', 'welcome'])
    const byRest = 'select text from messages where session_id = $1 order by seq'
    expect(await ana.query(byRest, [party.id])).toEqual([{ text: 'welcome' }])
    expect(await eve.query(byRest, [party.id])).toHaveLength(2)

    const log = catchUpSchema.parse(await ana.call('events_after', { p_session_id: party.id, p_after: 0 }))
    if ('reset' in log) throw new Error('expected the log')
    expect(JSON.stringify(log)).not.toContain('buy my tape')
    expect(log.items.map(({ seq }) => seq)).toEqual(log.items.map((_, index) => index + 1))
    const whole = await eve.call('events_after', { p_session_id: party.id, p_after: 0 })
    expect(JSON.stringify(whole)).toContain('buy my tape')
  })
})
