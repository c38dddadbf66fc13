import { describe, expect, it } from 'vitest'
import { limits } from '#lib/domain/limits/limits.ts'
import { isAllowed, type Permission, type Role } from '#lib/domain/permissions/permissions.ts'
import cases from '#lib/domain/text/reserved-name.cases.json' with { type: 'json' }
import { type Actor, person, refused, sql } from './people.ts'
import { room } from './rooms.ts'

const nameOf = async (who: Actor) => (await who.query('select display_name from profiles'))[0]?.display_name

describe('a profile', () => {
  it('comes with the account, and knows a guest from an account', async () => {
    const [ana, guest] = await Promise.all([
      person('Ana', { metadata: { locale: 'es' } }),
      person('Bo', { guest: true }),
    ])
    expect(await ana.query('select display_name, locale, is_guest from profiles')).toEqual([
      { display_name: 'Ana', locale: 'es', is_guest: false },
    ])
    expect(await guest.query('select is_guest from profiles')).toEqual([{ is_guest: true }])
    await sql`update auth.users set is_anonymous = false where id = ${guest.id}`
    expect(await guest.query('select is_guest from profiles')).toEqual([{ is_guest: false }])
  })

  it('takes from what the client sent a name and nothing else', async () => {
    const eve = await person('Eve', { metadata: { role: 'dj', is_guest: false, locale: 'xx', id: 'x' } })
    expect(await eve.query('select display_name, locale from profiles')).toEqual([
      { display_name: 'Eve', locale: null },
    ])
  })

  it('always has some name', async () => {
    for (const blank of ['', ' ', '\u200b\u202e'])
      expect(await nameOf(await person(blank))).toMatch(/^♪ \d{4}$/)
    await sql`insert into auth.users (id, raw_user_meta_data) values (gen_random_uuid(), '"text"'), (gen_random_uuid(), null)`
  })

  it('is changed by its owner through the function alone', async () => {
    const [ana, ben] = await Promise.all([person('Ana'), person('Ben')])
    expect(await ana.call('update_profile', { p_display_name: 'Ana II' })).toMatchObject({
      displayName: 'Ana II',
      locale: null,
    })
    expect(await ana.call('update_profile', { p_locale: 'en' })).toMatchObject({
      displayName: 'Ana II',
      locale: 'en',
    })
    expect(await refused(ana.call('update_profile', { p_display_name: '\u200b' }))).toBe('invalid_input')
    expect(await refused(ana.call('update_profile', { p_locale: 'fr' }))).toBe('invalid_input')
    expect(await refused(ana.query("update profiles set display_name = 'x'"))).toBe('42501')
    expect(await ben.query('select display_name from profiles')).toEqual([{ display_name: 'Ben' }])
  })
})

describe('a name that would speak for the product', () => {
  it.each(cases.reserved)('is refused to whoever chooses %s', async (name) => {
    const ana = await person('Ana')
    expect(await refused(ana.call('update_profile', { p_display_name: name }))).toBe('name_reserved')
    expect(await nameOf(ana)).toBe('Ana')
  })

  it.each(cases.free)('is not %s', async (name) => {
    const [row] = await sql`select private.is_reserved_name(${name}) as is_reserved`
    expect(row).toEqual({ is_reserved: false })
  })

  it('is none that an account may come with', async () => {
    const impostor = await person('Soporte WhatsSound')
    expect(await nameOf(impostor)).toMatch(/^♪ \d{4}$/)
    expect(await impostor.call('update_profile', { p_bio: 'Vinyl' })).toMatchObject({ bio: 'Vinyl' })
  })
})

describe('clean_name', () => {
  it.each([
    ['script stays text (attack 38)', '<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['bidi controls (attack 41)', 'Ana\u202e\u2066\u061c', 'Ana'],
    ['zero width (attack 41)', 'A\u200bn\u200da\ufeff\u2060\u00ad', 'Ana'],
    ['tags and fillers (attack 41)', 'Ana\u{e0041}\u3164\u115f\uffa0', 'Ana'],
    ['mathematical letters (attack 41)', '𝓐𝓷𝓪', 'Ana'],
    ['full width (attack 41)', 'Ａｎａ', 'Ana'],
    ['Cyrillic among Latin (attack 41)', 'Аnа', 'Ana'],
    ['Greek among Latin (attack 41)', 'DJ Sοl', 'DJ Sol'],
    ['Cyrillic alone', 'Оля', 'Оля'],
    ['Arabic, Hindi, Thai and emoji', 'مريم हिन्दी ไทย 🎧', 'مريم हिन्दी ไทย 🎧'],
    ['accents', 'Jose\u0301 Nun\u0303ez', 'José Nuñez'],
    ['heaps of marks', `Z${'\u0300\u0301\u0302'.repeat(20)}algo`, 'Z\u0300\u0301algo'.normalize('NFC')],
    ['white space', ' A\t\n\u00a0 \u2003b \u2028', 'A b'],
    ['control characters', 'A\u0001\u007f\u009fb', 'Ab'],
    ['length', 'x'.repeat(100), 'x'.repeat(limits.displayNameMaxLength)],
  ])('%s', async (_, name, clean) => {
    const [row] =
      await sql`select private.clean_name(${name}) as name, private.clean_name(private.clean_name(${name})) as again`
    expect(row).toEqual({ name: clean, again: clean })
  })

  it('is quick on what makes slow patterns crawl (attack 48)', async () => {
    const [row] = await sql`
      select length(private.clean_name(t)) as names, length(private.clean_message(t)) as messages
      from (select repeat(' a' || U&'\\0301' || U&'\\0301' || E'\\n\\n', 200000) as t) as x`
    expect(row).toEqual({ names: limits.displayNameMaxLength, messages: expect.any(Number) })
  })
})

describe('roles', () => {
  it('may in SQL what they may in TypeScript', async () => {
    const roles: Role[] = ['dj', 'co_dj', 'moderator', 'listener']
    const permissions: Permission[] = [
      'chat',
      'ask',
      'vote',
      'react',
      'play',
      'order_queue',
      'moderate',
      'manage',
    ]
    for (const role of [...roles, 'stranger']) {
      for (const permission of [...permissions, 'fly']) {
        const [row] = await sql`select private.is_allowed(${role}, ${permission}) as allowed`
        const expected = roles.includes(role as Role) && isAllowed(role as Role, permission as Permission)
        expect([role, permission, row?.allowed]).toEqual([role, permission, expected])
      }
    }
  })

  it('are given by functions alone', async () => {
    const [dj, ana] = await Promise.all([person('DJ'), person('Ana')])
    const party = await room(dj, [ana])
    for (const statement of [
      `update session_members set role = 'dj' where user_id = '${ana.id}'`,
      `insert into session_members (session_id, user_id, role) values ('${party.id}', '${ana.id}', 'dj')`,
      `update dj_sessions set dj_id = '${ana.id}' where id = '${party.id}'`,
      `delete from session_members where session_id = '${party.id}'`,
    ]) {
      expect(await refused(ana.query(statement))).toBe('42501')
      expect(await refused(dj.query(statement))).toBe('42501')
    }
  })
})
