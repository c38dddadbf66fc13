import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { limits, reactionEmojis } from '#lib/domain/limits/limits.ts'
import { type Actor, person, refusal, refused, service, sql } from './people.ts'
import { type Room, room } from './rooms.ts'

let dj: Actor
let ana: Actor
let ben: Actor
let party: Room

beforeEach(async () => {
  ;[dj, ana, ben] = await Promise.all([person('DJ Sol'), person('Ana'), person('Ben')])
  party = await room(dj, [ana, ben])
})

const say = (who: Actor, text: string, commandId?: string) =>
  party.command(who, 'send_message', { p_text: text }, commandId)
const heard = async () => (await party.snapshot(ben)).messages.map(({ text }) => text)

describe('a message', () => {
  it('reaches everybody in order, with its author, and its sender can settle it', async () => {
    const commandId = randomUUID()
    const { seq } = await say(ana, 'Hola', commandId)
    await say(ben, 'Hello')
    expect(await heard()).toEqual(['Hola', 'Hello'])
    const event = (await party.sent()).flatMap(({ items }) => items).find((item) => item.seq === seq)
    expect(event).toMatchObject({
      kind: 'chat.sent',
      commandId,
      by: ana.id,
      payload: { authorId: ana.id, authorName: 'Ana', text: 'Hola' },
    })
  })

  it.each([
    ['keeps lines, emoji with joiners, and every script', 'a\n👩‍👩‍👧 ❤️ مرحبا 你好', 'a\n👩‍👩‍👧 ❤️ مرحبا 你好'],
    ['is trimmed', '  \n hi \n ', 'hi'],
    ['loses control characters', 'a\u0007\u001b[31mb\u0000'.replace('\u0000', ''), 'a[31mb'],
    ['loses what turns the text around (attack 41)', 'abc\u202edcba\u2066x\u2069', 'abcdcbax'],
    ['keeps script as the text it is (attack 37)', '<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['does not stretch the room', 'a\n\n\n\n\n\nb', 'a\n\nb'],
  ])('%s', async (_, text, kept) => {
    await say(ana, text)
    expect(await heard()).toEqual([kept])
  })

  it.each([
    ['empty', ''],
    ['blank', ' \n\t '],
    ['invisible', '\u200b\u200d\ufe0f\u2060'],
    ['too long', 'x'.repeat(limits.messageMaxLength + 1)],
  ])('is refused when it is %s', async (_, text) => {
    expect(await refusal(say(ana, text))).toMatchObject({ code: 'invalid_input', detail: { field: 'text' } })
    expect(await heard()).toEqual([])
  })

  it('may be as long as the limit, counted after trimming', async () => {
    await say(ana, ` ${'é'.repeat(limits.messageMaxLength)} `)
    expect(await heard()).toEqual(['é'.repeat(limits.messageMaxLength)])
  })

  it('is sent once, however often it is repeated', async () => {
    const commandId = randomUUID()
    const first = await say(ana, 'once', commandId)
    expect((await say(ana, 'once', commandId)).seq).toBe(first.seq)
    expect(await heard()).toEqual(['once'])
  })

  it('is refused under the id of another one (attack 10)', async () => {
    const commandId = randomUUID()
    await say(ana, 'one', commandId)
    expect(await refused(say(ana, 'two', commandId))).toBe('command_conflict')
    expect(
      await refused(party.command(ana, 'remove_message', { p_message_id: randomUUID() }, commandId)),
    ).toBe('command_conflict')
    // It names a message by now, so nobody else can use it either.
    expect(await refused(say(ben, 'two', commandId))).toBe('command_conflict')
    expect(await heard()).toEqual(['one'])
  })

  it('is for members', async () => {
    const stranger = await person('Stranger')
    expect(await refused(say(stranger, 'hi'))).toBe('not_allowed')
    expect(
      await refused(
        stranger.query("insert into messages (session_id, seq, author_id, text) values ($1, 99, $2, 'hi')", [
          party.id,
          stranger.id,
        ]),
      ),
    ).toBe('42501')
  })
})

describe('removing a message', () => {
  let messageId: string
  beforeEach(async () => {
    await say(ana, 'regrettable')
    messageId = (await party.snapshot(ana)).messages[0]?.id ?? ''
  })
  const remove = (who: Actor) => party.command(who, 'remove_message', { p_message_id: messageId })

  it('is for its author and for moderators', async () => {
    expect(await refused(remove(ben))).toBe('not_allowed')
    await dj.call('set_member_role', { p_session_id: party.id, p_user_id: ben.id, p_role: 'moderator' })
    await remove(ben)
    expect(await heard()).toEqual([])
  })

  it('takes the text out of the log too, so that nobody who catches up reads it', async () => {
    await remove(ana)
    await remove(ana)
    const caughtUp = await ben.call('events_after', { p_session_id: party.id, p_after: 0 })
    expect(JSON.stringify(caughtUp)).not.toContain('regrettable')
    expect(JSON.stringify(await sql`select * from messages where id = ${messageId}`)).not.toContain(
      'regrettable',
    )
    expect((caughtUp.items as { kind: string }[]).filter(({ kind }) => kind === 'chat.removed')).toHaveLength(
      1,
    )
  })
})

describe('a mute', () => {
  const mute = (who: Actor, whom: Actor, minutes: number) =>
    who.call('mute_member', { p_session_id: party.id, p_user_id: whom.id, p_minutes: minutes })

  it('silences somebody for a while, and says until when', async () => {
    await mute(dj, ana, 10)
    const { code, detail } = await refusal(say(ana, 'hi'))
    expect(code).toBe('muted')
    expect(detail.retryAfterInMs).toBeGreaterThan(590_000)
    expect((await party.snapshot(ana)).me.mutedUntil).toBeGreaterThan(Date.now())
    await mute(dj, ana, 0)
    await say(ana, 'hi')
    expect((await party.snapshot(ana)).me.mutedUntil).toBeNull()
  })

  it('is for who moderates, and never against who manages', async () => {
    expect(await refused(mute(ana, ben, 10))).toBe('not_allowed')
    await dj.call('set_member_role', { p_session_id: party.id, p_user_id: ana.id, p_role: 'moderator' })
    await mute(ana, ben, 10)
    expect(await refused(mute(ana, dj, 10))).toBe('not_allowed')
    expect(await refused(mute(dj, ben, -1))).toBe('invalid_input')
    expect(await refused(mute(dj, ben, 10_081))).toBe('invalid_input')
  })
})

describe('reactions', () => {
  it('go out at once, are not logged, and are the known ones', async () => {
    const { seq } = await party.snapshot(ana)
    for (const emoji of reactionEmojis) await party.react(ana, emoji)
    const reactions = (await party.sent()).flatMap((envelope) => (envelope.reactions ? [envelope] : []))
    expect(reactions).toHaveLength(reactionEmojis.length)
    expect(reactions.every(({ from, to, items }) => from === seq && to === seq && items.length === 0)).toBe(
      true,
    )
    expect((await party.snapshot(ana)).seq).toBe(seq)
    expect(await refused(party.react(ana, '<b>'))).toBe('invalid_input')
  })

  it('of many people go out as one message, without those that are refused', async () => {
    const eve = await person('Eve')
    await room(eve)
    const reactions = [
      { userId: ana.id, emoji: '🔥' },
      { userId: eve.id, emoji: '🔥' },
      { userId: ben.id, emoji: '🎉' },
      { userId: dj.id, emoji: '🔥' },
    ].map((reaction) => ({ ...reaction, commandId: randomUUID() }))
    const answers = await service.call('react_together', { p_session_id: party.id, p_reactions: reactions })
    expect(answers).toEqual([{}, { code: 'not_allowed' }, {}, {}])
    expect((await party.sent()).flatMap((envelope) => envelope.reactions ?? [])).toEqual([
      { '🔥': 2, '🎉': 1 },
    ])
  })

  it('are handed over by the app alone', async () => {
    const attempt = ana.call('react_together', { p_session_id: party.id, p_reactions: [] })
    expect(await refused(attempt)).toBe('42501')
  })
})
