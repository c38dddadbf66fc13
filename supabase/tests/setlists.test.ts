import { beforeEach, describe, expect, it } from 'vitest'
import { type Actor, anon, person, refused, sql } from './people.ts'
import { publishedTrack } from './rooms.ts'

let ana: Actor
let ben: Actor
let setlistId: string

beforeEach(async () => {
  ;[ana, ben] = await Promise.all([person('Ana'), person('Ben')])
  const [row] = await ana.query<{ id: string }>(
    "insert into setlists (title) values (' Fri\u200bday ') returning id, title",
  )
  expect(row).toMatchObject({ title: 'Friday' })
  setlistId = row?.id ?? ''
})

const put = (who: Actor, trackId: string, position = 1, note: string | null = null) =>
  who.query('insert into setlist_items (setlist_id, track_id, position, note) values ($1, $2, $3, $4)', [
    setlistId,
    trackId,
    position,
    note,
  ])

describe('a setlist', () => {
  it('is filled and ordered by its owner', async () => {
    const [first, second] = [await publishedTrack(ana), await publishedTrack(ana)]
    await put(ana, first, 1, 'slow\u202e start')
    await put(ana, second, 2)
    await ana.query('update setlist_items set position = 0.5 where track_id = $1', [second])
    expect(await ana.query('select track_id, note from setlist_items order by position')).toEqual([
      { track_id: second, note: null },
      { track_id: first, note: 'slow start' },
    ])
  })

  it('is nobody else’s to see or change', async () => {
    const bens = await publishedTrack(ben)
    expect(await refused(put(ben, bens))).toBe('42501')
    expect(await ben.query('select from setlists')).toEqual([])
    expect(await ben.query("update setlists set title = 'mine' returning id")).toEqual([])
    expect(await ben.query('delete from setlists returning id')).toEqual([])
    expect(await refused(anon.query('select from setlists'))).toBe('42501')
  })

  it('cannot be given away, nor taken under another name (attack 5)', async () => {
    expect(await refused(ana.query('update setlists set owner_id = $1', [ben.id]))).toBe('42501')
    expect(
      await refused(ana.query("insert into setlists (owner_id, title) values ($1, 'x')", [ben.id])),
    ).toBe('42501')
  })

  it('holds tracks that its owner sees, at places that there are', async () => {
    expect(await refused(put(ana, await publishedTrack(ben)))).toBe('42501')
    const own = await publishedTrack(ana)
    for (const position of [Number.NaN, Number.POSITIVE_INFINITY, 1e13]) {
      expect(await refused(put(ana, own, position))).toBe('23514')
    }
  })

  it('has an end', async () => {
    const own = await publishedTrack(ana)
    await sql`
      insert into setlist_items (setlist_id, track_id, position)
      select ${setlistId}, ${own}, n from generate_series(1, 500) n`
    expect(await refused(put(ana, own))).toBe('queue_full')
    await sql`insert into setlists (owner_id, title) select ${ana.id}, 'x' from generate_series(1, 199)`
    expect(await refused(ana.query("insert into setlists (title) values ('one more')"))).toBe('queue_full')
  })
})
