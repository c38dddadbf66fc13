import { beforeEach, describe, expect, it } from 'vitest'
import { type Actor, anon, person, refusal, refused, sql } from './people.ts'

let ana: Actor
let ben: Actor
const serial = () =>
  Math.random()
    .toString(36)
    .slice(2, 10)
    .replace(/[01il]/g, 'x')

beforeEach(async () => {
  ;[ana, ben] = await Promise.all([person('Ana'), person('Ben')])
})

const change = (who: Actor, changes: Record<string, unknown>) =>
  who.call(
    'update_profile',
    Object.fromEntries(Object.entries(changes).map(([key, value]) => [`p_${key}`, value])),
  )

describe('a handle', () => {
  it('belongs to one person, whatever its case', async () => {
    const handle = `dj_${serial()}`
    expect(await change(ana, { handle: handle.toUpperCase() })).toMatchObject({ handle })
    expect(await change(ana, { handle })).toMatchObject({ handle })
    expect(await refused(change(ben, { handle }))).toBe('handle_taken')
  })

  it.each([
    ['a zero for an o', 'sol_0', 'sol_o'],
    ['a one for an l', 'ha1o', 'halo'],
    ['an i for an l', 'pauia', 'paula'],
    ['r and n for an m', 'rnarta', 'marta'],
    ['two v for a w', 'vvest', 'west'],
    ['one more underscore', 'lu_na', 'luna'],
  ])('cannot be borrowed by %s', async (_how, lookAlike, original) => {
    const tail = serial()
    await change(ana, { handle: original + tail })
    expect(await refused(change(ben, { handle: lookAlike + tail }))).toBe('handle_taken')
  })

  it.each([
    'ab',
    'a'.repeat(25),
    'año_nuevo',
    'аna_cyrillic',
    'ａｎａ',
    'a.na',
    'a na',
    '___',
    '../x',
    'a__',
  ])('is not %s', async (handle) => {
    expect(await refusal(change(ana, { handle }))).toEqual({
      code: 'invalid_input',
      detail: { field: 'handle' },
    })
  })

  it.each([
    'admin',
    'ADMIN',
    'adm1n',
    'support',
    'whatssound',
    'whatss0und_team',
    'rnoderator',
    'ap_i',
    'soporte',
  ])('is not %s, which is reserved', async (handle) => {
    expect(await refused(change(ana, { handle }))).toBe('handle_reserved')
  })

  it('can be given back', async () => {
    const handle = serial()
    await change(ana, { handle })
    await change(ana, { handle: '' })
    expect(await change(ben, { handle })).toMatchObject({ handle })
  })

  it('is not tried endlessly', async () => {
    for (let i = 0; i < 10; i++) await change(ana, { handle: serial() })
    expect(await refused(change(ana, { handle: serial() }))).toBe('rate_limited')
  })
})

describe('a profile', () => {
  it('has a few words and links, which nothing hides in', async () => {
    const links = ['https://soundcloud.com/ana', 'https://xn--ail-5cd.example:8443/a?b=c#d']
    expect(await change(ana, { bio: ' Vinyl\u202e only\n\n\n\nsince 1999 ', links })).toMatchObject({
      bio: 'Vinyl only\n\nsince 1999',
      links,
    })
    expect(await change(ana, { bio: '', links: [] })).toMatchObject({ bio: '', links: [] })
    expect(await refusal(change(ana, { bio: 'x'.repeat(301) }))).toMatchObject({ detail: { field: 'bio' } })
  })

  it.each([
    'http://a.example',
    'javascript:alert(1)',
    'https://user:word@a.example',
    'https://a.example@evil.example',
    'https://localhost',
    'https://127.0.0.1/',
    'https://ана.example',
    'https://a.example/ b',
    'https://a.example/"onclick="x',
    'https:a.example',
    ` https://a.example`,
    `https://a.example/${'x'.repeat(200)}`,
  ])('has no link like %s', async (link) => {
    expect(await refusal(change(ana, { links: [link] }))).toEqual({
      code: 'invalid_input',
      detail: { field: 'links' },
    })
  })

  it('has five links at most, and a list of them', async () => {
    for (const links of [Array(6).fill('https://a.example'), {}, 'https://a.example', [1]])
      expect(await refused(change(ana, { links }))).toBe('invalid_input')
  })

  it('shows a picture that its owner put there', async () => {
    const path = `avatars/${ana.id}/${crypto.randomUUID()}.webp`
    expect(await change(ana, { avatar_path: path })).toMatchObject({ avatarPath: path })
    expect(await change(ana, { avatar_path: '' })).toMatchObject({ avatarPath: null })
    for (const wrong of [
      path.replace('webp', 'svg'),
      `avatars/${ana.id}/../x.webp`,
      'https://evil.example/x.webp',
    ])
      expect(await refused(change(ana, { avatar_path: wrong }))).toBe('invalid_input')
    expect(await refused(change(ben, { avatar_path: path }))).toBe('invalid_input')
  })

  it('keeps a time zone that exists', async () => {
    expect(await change(ana, { time_zone: 'Europe/Madrid' })).toMatchObject({ timeZone: 'Europe/Madrid' })
    expect(await change(ana, { time_zone: '' })).toMatchObject({ timeZone: null })
    expect(await refusal(change(ana, { time_zone: 'Mars/Olympus' }))).toMatchObject({
      detail: { field: 'timeZone' },
    })
  })

  it('is a page under its handle, also for who is not signed in', async () => {
    const handle = serial()
    await change(ana, { handle, bio: 'Hi' })
    const page = await anon.call('profile_page', { p_handle: handle.toUpperCase() })
    expect(page).toEqual({
      userId: ana.id,
      displayName: 'Ana',
      handle,
      avatarPath: null,
      bio: 'Hi',
      links: [],
      followerCount: 0,
      isMe: false,
      isFollowing: false,
      isBlocked: false,
      live: null,
    })
    expect(await ana.call('profile_page', { p_handle: handle })).toMatchObject({ isMe: true })
    expect(await refused(anon.call('profile_page', { p_handle: serial() }))).toBe('not_found')
  })

  it('shows the public session that its owner plays, and no other', async () => {
    const handle = serial()
    await change(ana, { handle })
    await ana.call('create_session', { p_title: 'Secret', p_visibility: 'unlisted' })
    expect(await anon.call('profile_page', { p_handle: handle })).toMatchObject({ live: null })
    const { slug } = await ana.call('create_session', { p_title: 'Open' })
    expect(await anon.call('profile_page', { p_handle: handle })).toMatchObject({
      live: { slug, title: 'Open' },
    })
  })

  it('leaves its files to the worker when it goes', async () => {
    await sql`delete from auth.users where id = ${ana.id}`
    const rows = await sql<
      { prefix: string }[]
    >`select prefix from deleted_tracks where prefix like ${`%${ana.id}`}`
    expect(rows.map(({ prefix }) => prefix).sort()).toEqual([`avatars/${ana.id}`, `sessions/${ana.id}`])
  })
})
