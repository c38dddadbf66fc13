import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Actor, anon, person, refused, sql } from './people.ts'
import { aSource } from './rooms.ts'

let ana: Actor
let ben: Actor
let trackId: string
let prefix: string

beforeEach(async () => {
  ;[ana, ben] = await Promise.all([person('Ana'), person('Ben')])
  trackId = randomUUID()
  const started = await ana.call<{ prefix: string }>('start_upload', {
    p_track_id: trackId,
    p_title: 'Song',
    p_source: aSource,
  })
  prefix = started.prefix
})

const put = (who: Actor, name: string, bucket = 'media') =>
  who.query('insert into storage.objects (bucket_id, name) values ($1, $2)', [bucket, name])

describe("a track's folder", () => {
  it("takes its owner's segments and artwork while it is uploading", async () => {
    expect(prefix).toBe(`tracks/${ana.id}/${trackId}`)
    for (const file of ['64k/init.mp4', '128k/00001.m4s', '256k/01350.m4s', 'artwork.webp']) {
      await put(ana, `${prefix}/${file}`)
    }
    await ana.call('complete_upload', { p_track_id: trackId, p_manifest: {} })
    expect(await refused(put(ana, `${prefix}/64k/00002.m4s`))).toBe('42501')
  })

  it('takes nothing from others, guests or nobody', async () => {
    for (const who of [ben, await person('Guest', { guest: true }), anon]) {
      expect(await refused(put(who, `${prefix}/64k/init.mp4`))).toBe('42501')
    }
  })

  it.each([
    'master.m3u8',
    '128k/index.m3u8',
    '320k/init.mp4',
    '64k/1.m4s',
    '64k/00001.m4s/evil',
    '64k/00001.mp3',
    '64k/00001.m4s%00',
    '../other/64k/init.mp4',
    '64k/../init.mp4',
    '64k/..%2finit.mp4',
    '64k//init.mp4',
    'artwork.svg',
    'artwork.webp\n',
    'ARTWORK.WEBP',
  ])('has no place for %s (attacks 40, 42)', async (file) => {
    expect(await refused(put(ana, `${prefix}/${file}`))).toBe('42501')
  })

  it('is not another folder, another bucket, or a track that does not exist', async () => {
    expect(await refused(put(ana, `tracks/${ben.id}/${trackId}/64k/init.mp4`))).toBe('42501')
    expect(await refused(put(ana, `tracks/${ana.id}/${randomUUID()}/64k/init.mp4`))).toBe('42501')
    expect(await refused(put(ana, `x/${prefix}/64k/init.mp4`))).toBe('42501')
    await sql`insert into storage.buckets (id, name) values ('other', 'other') on conflict do nothing`
    expect(await refused(put(ana, `${prefix}/64k/init.mp4`, 'other'))).toBe('42501')
  })

  it('lets nobody overwrite, move, delete or list files, not even their owner (attack 43)', async () => {
    await put(ana, `${prefix}/64k/init.mp4`)
    for (const who of [ana, ben]) {
      expect(await who.query('select from storage.objects')).toEqual([])
      const changed = await who.query(
        `update storage.objects set name = $1 where name like 'tracks/%' returning id`,
        [`tracks/${who.id}/x`],
      )
      expect(changed).toEqual([])
      expect(await who.query('delete from storage.objects returning id')).toEqual([])
    }
    expect(await refused(put(ana, `${prefix}/64k/init.mp4`))).toBe('23505')
  })
})

describe("a session's artwork", () => {
  it('is a picture in the own folder, under a name that cannot be guessed', async () => {
    await put(ana, `sessions/${ana.id}/${randomUUID()}.webp`)
    for (const name of [
      `sessions/${ben.id}/${randomUUID()}.webp`,
      `sessions/${ana.id}/cover.webp`,
      `sessions/${ana.id}/${randomUUID()}.svg`,
      `sessions/${ana.id}/../${ana.id}/${randomUUID()}.webp`,
    ]) {
      expect(await refused(put(ana, name))).toBe('42501')
    }
  })

  it('has room for a hundred', async () => {
    await sql`
      insert into storage.objects (bucket_id, name)
      select 'media', 'sessions/' || ${ana.id} || '/' || gen_random_uuid() || '.webp' from generate_series(1, 100)`
    expect(await refused(put(ana, `sessions/${ana.id}/${randomUUID()}.webp`))).toBe('42501')
  })

  it('is taken by a session only from there (attack 40)', async () => {
    const path = `sessions/${ana.id}/${randomUUID()}.webp`
    const open = (p_artwork_path: string) => ana.call('create_session', { p_title: 'Night', p_artwork_path })
    await open(path)
    for (const other of [
      'javascript:alert(1)',
      'https://evil.example/x.webp',
      `sessions/${ben.id}/${randomUUID()}.webp`,
      path.replace('webp', 'svg'),
      `${path}?x`,
    ]) {
      expect(await refused(open(other))).toBe('invalid_input')
    }
  })
})

describe('the bucket', () => {
  it('is public to read by address, and takes only the types and sizes of ours (attack 44)', async () => {
    const [bucket] =
      await sql`select public, file_size_limit::int, allowed_mime_types from storage.buckets where id = 'media'`
    expect(bucket).toMatchObject({ public: true, file_size_limit: 5 * 1024 * 1024 })
    expect(bucket?.allowed_mime_types).not.toContain('text/html')
    expect(bucket?.allowed_mime_types).not.toContain('image/svg+xml')
  })
})
