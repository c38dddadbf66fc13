import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { trackSchema } from '#lib/protocol/tracks.ts'
import { type Actor, anon, person, refusal, refused, service, sql } from './people.ts'
import { aSource, publishedTrack, room, verified } from './rooms.ts'

let ana: Actor
let ben: Actor
let trackId: string

beforeEach(async () => {
  ;[ana, ben] = await Promise.all([person('Ana'), person('Ben')])
  trackId = randomUUID()
})

const start = (who: Actor, args: Record<string, unknown> = {}) =>
  who.call('start_upload', {
    p_track_id: trackId,
    p_title: 'Song',
    p_artist: 'Band',
    p_source: aSource,
    ...args,
  })
const complete = (who: Actor, manifest: unknown = { version: 1 }) =>
  who.call('complete_upload', { p_track_id: trackId, p_manifest: manifest })
const publish = (id = trackId) =>
  service.call('publish_track', { p_track_id: id, p_verified: verified(90_000) })
const row = async (id = trackId) => (await sql`select * from tracks where id = ${id}`)[0]

/** Collects what is notified on a channel while something happens. */
async function notified(channel: string, work: () => Promise<unknown>): Promise<string[]> {
  const heard: string[] = []
  const done = Promise.withResolvers<void>()
  const last = randomUUID()
  const { unlisten } = await sql.listen(channel, (payload) => {
    if (payload === last) done.resolve()
    else heard.push(payload)
  })
  await work()
  await sql.notify(channel, last)
  await done.promise
  await unlisten()
  return heard
}

describe('an upload', () => {
  it('goes from uploading over uploaded to published, and wakes the worker once', async () => {
    await start(ana)
    const heard = await notified('track_uploaded', async () => {
      await complete(ana)
      await complete(ana)
    })
    expect(heard).toEqual([trackId])
    await publish()
    const [own] = await ana.query('select status, title, artist, duration_ms from tracks where id = $1', [
      trackId,
    ])
    expect(own).toEqual({ status: 'published', title: 'Song', artist: 'Band', duration_ms: 90_000 })
    await publish()
    expect(await complete(ana)).toEqual({ status: 'published' })
  })

  it('can be begun again under its id by its owner, and by nobody else', async () => {
    const first = await start(ana)
    expect(await start(ana)).toEqual(first)
    expect(await refused(start(ben))).toBe('not_allowed')
    expect(await refused(complete(ben))).toBe('not_found')
  })

  it('tells whoever begins it again how far it got', async () => {
    expect(await start(ana)).toMatchObject({ status: 'uploading' })
    await complete(ana)
    expect(await start(ana)).toMatchObject({ status: 'uploaded' })
    await publish()
    expect(await start(ana)).toMatchObject({ status: 'published' })
    expect(await row()).toMatchObject({ status: 'published' })
  })

  it('is published by the server alone, and only after it was handed over', async () => {
    await start(ana)
    for (const who of [ana, anon]) {
      expect(
        await refused(who.call('publish_track', { p_track_id: trackId, p_verified: verified(1_000) })),
      ).toBe('42501')
      expect(await refused(who.call('refuse_track', { p_track_id: trackId, p_code: 'empty' }))).toBe('42501')
    }
    expect(await refused(publish())).toBe('not_found')
    expect(await refused(ana.query("update tracks set status = 'published' where id = $1", [trackId]))).toBe(
      '42501',
    )
    expect(
      await refused(
        ana.query('insert into tracks (id, owner_id, title) values ($1, $2, $3)', [trackId, ana.id, 'x']),
      ),
    ).toBe('42501')
  })

  it('can be refused with a reason that its owner reads', async () => {
    await start(ana)
    await complete(ana)
    await service.call('refuse_track', { p_track_id: trackId, p_code: 'not_audio', p_detail: 'no moov box' })
    expect(await ana.query('select status, refusal_code from tracks where id = $1', [trackId])).toEqual([
      { status: 'refused', refusal_code: 'not_audio' },
    ])
    expect(await refused(publish())).toBe('not_found')
  })

  it('keeps of the source what it knows, and nothing else (attacks 39, 47)', async () => {
    const source = JSON.parse(
      `{"name": "a\\u202efdp.mp3", "bytes": 12, "sha256": "${'c'.repeat(64)}", "__proto__": {"admin": true}, "x": 1}`,
    )
    await start(ana, { p_title: 'So\u200bng\u202e <script>', p_artist: '\u0007', p_source: source })
    expect(await row()).toMatchObject({
      title: 'Song <script>',
      artist: null,
      source: { name: 'afdp.mp3', bytes: 12, sha256: 'c'.repeat(64) },
    })
    expect(Object.keys((await row())?.source)).toHaveLength(3)
  })

  it.each([
    ['no title', { p_title: ' \u200b ' }],
    ['no source', { p_source: null }],
    ['a source that is a list', { p_source: [] }],
    ['a hash that is none', { p_source: { ...aSource, sha256: 'x' } }],
    ['a size below nothing', { p_source: { ...aSource, bytes: -1 } }],
    ['a size beyond all bounds', { p_source: { ...aSource, bytes: 1e300 } }],
    ['a size in words', { p_source: { ...aSource, bytes: '12' } }],
    ['no id', { p_track_id: null }],
  ])('is refused with %s', async (_, args) => {
    expect(await refused(start(ana, args))).toBe('invalid_input')
  })

  it('does not take a huge or a deep manifest (attack 49)', async () => {
    await start(ana)
    expect(await refused(complete(ana, { junk: 'x'.repeat(2 * 1024 * 1024) }))).toBe('too_large')
    expect(await refused(complete(ana, 'text'))).toBe('invalid_input')
    const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`
    const attempt = ana.query('select public.complete_upload($1, $2::text::jsonb)', [trackId, deep])
    expect((await refusal(attempt)).code).toBe('54001')
    expect((await row())?.status).toBe('uploading')
  })
})

describe("somebody's library", () => {
  it('is seen by its owner, with the starter tracks', async () => {
    const own = await publishedTrack(ana)
    const others = await publishedTrack(ben)
    const starter = randomUUID()
    await service.call('upsert_starter_track', {
      p_track_id: starter,
      p_title: 'Starter',
      p_artist: 'WhatsSound',
      p_verified: verified(30_000),
    })
    const seen = (await ana.query<{ id: string }>('select id from tracks')).map(({ id }) => id)
    expect(seen).toEqual(expect.arrayContaining([own, starter]))
    expect(seen).not.toContain(others)
    await service.call('upsert_starter_track', {
      p_track_id: starter,
      p_title: 'Renewed',
      p_artist: 'WhatsSound',
      p_verified: verified(31_000),
    })
    expect(await row(starter)).toMatchObject({ title: 'Renewed', duration_ms: 31_000, is_starter: true })
    const hijack = service.call('upsert_starter_track', {
      p_track_id: own,
      p_title: 'x',
      p_artist: 'x',
      p_verified: verified(1),
    })
    expect(await refused(hijack)).toBe('not_allowed')
  })

  it('has names that its owner can change', async () => {
    const own = await publishedTrack(ana)
    expect(await ana.call('rename_track', { p_track_id: own, p_title: ' New  name ' })).toMatchObject({
      title: 'New name',
    })
    expect(await refused(ben.call('rename_track', { p_track_id: own, p_title: 'x' }))).toBe('not_found')
    expect(await refused(ana.call('rename_track', { p_track_id: own, p_title: '' }))).toBe('invalid_input')
  })

  it('travels in queues as clients parse it', async () => {
    const party = await room(ana)
    await party.ask(ana, await publishedTrack(ana))
    expect(trackSchema.parse((await party.snapshot(ana)).queue[0]?.track)).toMatchObject({
      waveform: [0, 128, 255],
    })
  })
})

describe('deleting a track', () => {
  it('takes it out of the queues where it waits, and leaves its files to the worker', async () => {
    const own = await publishedTrack(ana)
    const party = await room(ana)
    const item = await party.ask(ana, own)
    const heard = await notified('track_deleted', () => ana.call('delete_track', { p_track_id: own }))
    expect(heard).toEqual([own])
    expect((await party.snapshot(ana)).queue).toEqual([])
    expect((await party.sent()).at(-1)?.items).toMatchObject([
      { kind: 'queue.removed', payload: { itemId: item } },
    ])
    expect(await service.query('select prefix from deleted_tracks where track_id = $1', [own])).toEqual([
      { prefix: `tracks/${ana.id}/${own}` },
    ])
    expect(await refused(ana.query('select from deleted_tracks'))).toBe('42501')
  })

  it('waits until it has sounded', async () => {
    const own = await publishedTrack(ana)
    const party = await room(ana)
    await party.ask(ana, own)
    await party.command(ana, 'play')
    expect(await refused(ana.call('delete_track', { p_track_id: own }))).toBe('already_queued')
    await party.command(ana, 'end_session')
    await ana.call('delete_track', { p_track_id: own })
    expect((await party.snapshot(ana)).queue).toEqual([])
  })

  it('never stands in the way of somebody who asks for it at the same moment', async () => {
    const party = await room(ana, [ben])
    for (let n = 0; n < 10; n++) {
      const own = await publishedTrack(ana)
      await party.command(ana, 'remove_from_queue', { p_item_id: await party.ask(ana, own) })
      const [deleted, asked] = await Promise.allSettled([
        ana.call('delete_track', { p_track_id: own }),
        party.command(ben, 'add_to_queue', { p_track_id: own }),
      ])
      expect(deleted.status).toBe('fulfilled')
      expect(asked.status === 'fulfilled' || asked.reason.message === 'not_found').toBe(true)
      await sql`delete from private.rate_counters`
    }
  })

  it('is for its owner', async () => {
    const own = await publishedTrack(ana)
    expect(await refused(ben.call('delete_track', { p_track_id: own }))).toBe('not_found')
  })

  it('happens with the account, whatever it was doing, and its files are remembered', async () => {
    const own = await publishedTrack(ana)
    const party = await room(ben, [ana])
    await party.ask(ana, own)
    await party.command(ben, 'play')
    await sql`delete from auth.users where id = ${ana.id}`
    expect((await party.snapshot(ben)).playback.status).toBe('idle')
    await service.call('advance_due_sessions')
    await party.ask(ben, await publishedTrack(ben))
    expect((await party.snapshot(ben)).playback.status).toBe('playing')
    expect(await service.query('select from deleted_tracks where track_id = $1', [own])).toHaveLength(1)
  })
})
