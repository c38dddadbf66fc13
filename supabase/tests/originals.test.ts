import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Actor, anon, person, refused, service, sql } from './people.ts'
import { aSource, verified } from './rooms.ts'

let ana: Actor
let ben: Actor
let trackId: string
let name: string

const start = async (who: Actor, source: Record<string, unknown> = aSource, id = randomUUID()) => {
  const args = { p_track_id: id, p_title: 'Song', p_source: source }
  const { prefix } = await who.call<{ prefix: string }>('start_upload', args)
  return { id, prefix }
}
const put = (who: Actor, path: string, bucket = 'originals') =>
  who.query('insert into storage.objects (bucket_id, name) values ($1, $2)', [bucket, path])
const complete = (who: Actor, id = trackId) =>
  who.call('complete_original', { p_track_id: id, p_trims_silence: true })
const handOver = (who: Actor = service) =>
  who.call('hand_over_encoded', { p_track_id: trackId, p_manifest: { version: 1 } })
const row = async () =>
  (
    await sql`select status, original_at is not null as waits, source, manifest from tracks where id = ${trackId}`
  )[0]

beforeEach(async () => {
  ;[ana, ben] = await Promise.all([person('Ana'), person('Ben')])
  const started = await start(ana)
  trackId = started.id
  name = started.prefix
})

describe('an original', () => {
  it('is put by its owner, waits for the worker and goes on as every upload does', async () => {
    await put(ana, name)
    expect(await complete(ana)).toEqual({ status: 'uploading' })
    await complete(ana)
    expect(await row()).toMatchObject({ status: 'uploading', waits: true, source: { trimsSilence: true } })
    await handOver()
    expect(await row()).toMatchObject({ status: 'uploaded', manifest: { version: 1 } })
    expect(await refused(handOver())).toBe('not_found')
    await service.call('publish_track', { p_track_id: trackId, p_verified: verified(90_000) })
    expect(await complete(ana)).toEqual({ status: 'published' })
  })

  it('is nobody else’s to put, and nobody’s to read', async () => {
    for (const who of [ben, anon]) expect(await refused(put(who, name))).toBe('42501')
    await put(ana, name)
    for (const who of [ana, ben])
      expect(await who.query('select name from storage.objects where bucket_id = $1', ['originals'])).toEqual(
        [],
      )
    expect(await refused(complete(ben))).toBe('not_found')
    expect(await refused(complete(anon))).toBe('42501')
  })

  it('lies under its track’s name and no other', async () => {
    const names = [`${name}/x`, `${name}.mp3`, 'x', `tracks/${ana.id}/${randomUUID()}`, `../${name}`, '']
    for (const other of names) expect(await refused(put(ana, other))).toBe('42501')
    expect(await refused(put(ana, name, 'media'))).toBe('42501')
  })

  it('has to be there, and small enough', async () => {
    expect(await refused(complete(ana))).toBe('upload_incomplete')
    const large = await start(ana, { ...aSource, bytes: 209_715_201 })
    expect(await refused(put(ana, large.prefix))).toBe('42501')
    const [bucket] =
      await sql`select public, file_size_limit::int from storage.buckets where id = 'originals'`
    expect(bucket).toEqual({ public: false, file_size_limit: 209_715_200 })
  })

  it('is one of ten at the most that a person has waiting', async () => {
    for (let count = 0; count < 10; count++) await put(ana, (await start(ana)).prefix)
    expect(await refused(put(ana, name))).toBe('42501')
  })

  it('is handed over by the worker alone, and only where one waits', async () => {
    expect(await refused(handOver())).toBe('not_found')
    await put(ana, name)
    await complete(ana)
    for (const who of [ana, anon]) expect(await refused(handOver(who))).toBe('42501')
    await service.call('refuse_track', { p_track_id: trackId, p_code: 'not_audio' })
    expect(await refused(handOver())).toBe('not_found')
  })
})

describe('an original of which Storage says that it arrived', () => {
  const receive = (path: string, { who = service, bucket = 'originals' } = {}) =>
    who.call('receive_original', { p_bucket: bucket, p_name: path })

  it('waits for the worker without a word of its owner, who may repeat it', async () => {
    const { id, prefix } = await start(ana, { ...aSource, trimsSilence: true })
    expect(await receive(prefix)).toEqual({ outcome: 'ignored' })
    await put(ana, prefix)
    expect(await receive(prefix)).toEqual({ outcome: 'waiting' })
    const [first] = await sql`select original_at, source from tracks where id = ${id}`
    expect(first).toMatchObject({ original_at: expect.any(Date), source: { trimsSilence: true } })
    expect(await receive(prefix)).toEqual({ outcome: 'waiting' })
    await complete(ana, id)
    expect((await sql`select original_at, source from tracks where id = ${id}`)[0]).toEqual(first)
  })

  it('is unwanted where its track waits for none', async () => {
    await put(ana, name)
    await service.call('refuse_track', { p_track_id: trackId, p_code: 'not_audio' })
    expect(await receive(name)).toEqual({ outcome: 'unwanted' })
    await ana.call('delete_track', { p_track_id: trackId })
    expect(await receive(name)).toEqual({ outcome: 'unwanted' })
    await sql`insert into storage.objects (bucket_id, name) values ('originals', 'anything')`
    expect(await receive('anything')).toEqual({ outcome: 'unwanted' })
  })

  it('is unwanted in the bucket of larger ones', async () => {
    await sql`insert into storage.objects (bucket_id, name) values ('large-originals', ${name})`
    expect(await receive(name, { bucket: 'large-originals' })).toEqual({ outcome: 'unwanted' })
    expect(await row()).toMatchObject({ waits: false })
  })

  it('is believed of the server alone, and of originals alone', async () => {
    await put(ana, name)
    for (const who of [ana, anon]) expect(await refused(receive(name, { who }))).toBe('42501')
    expect(await receive(name, { bucket: 'media' })).toEqual({ outcome: 'ignored' })
    expect(await row()).toMatchObject({ waits: false })
  })

  it('has its wish from the beginning, and nothing else in its place', async () => {
    const odd = { ...aSource, trimsSilence: 'yes' }
    expect(await refused(start(ana, odd))).toBe('invalid_input')
    const [plain] = await sql`select source from tracks where id = ${trackId}`
    expect(plain?.source).toEqual(aSource)
  })
})
